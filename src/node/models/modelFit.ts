import type { ModelSource } from '../../core/span.ts';

/** Why a model whose config.json says this is no model of the family; undefined where it is one. */
export function unfitFor(family: ModelSource, config: unknown, name: string): string | undefined {
  const about = typeof config === 'object' && config !== null ? (config as Record<string, unknown>) : {};
  const architectures = Array.isArray(about['architectures']) ? about['architectures'].map(String) : [];
  const type = typeof about['model_type'] === 'string' ? about['model_type'] : 'unknown';
  if (family === 't5') return /t5$/u.test(type) ? undefined : `${name} is ${type}, not a T5. Choose a T5.`;
  if (architectures.some((one) => one.endsWith('ForTokenClassification'))) return undefined;
  const what = architectures.join(', ') || type;
  return `${name} is ${what}, not a token classifier. Choose a model for named entities.`;
}
