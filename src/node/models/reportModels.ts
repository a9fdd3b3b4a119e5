import path from 'node:path';
import type { PlannedView } from '../../core/evaluationPlan.ts';
import type { ReportModel } from '../../core/report/report.ts';
import type { Result } from '../../core/result.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { ModelSource } from '../../core/span.ts';
import { hashOf } from '../corpus/diskCorpus.ts';
import { graphFiles } from '../hub/hubLayout.ts';
import type { ModelUse } from './modelRun.ts';

/** The models of a plan as a reader must know them, each once; files of models that no manifest describes are hashed here. */
export async function reportModels(
  use: (source: ModelSource, scheme: Scheme) => Result<ModelUse>,
  plan: readonly PlannedView[],
): Promise<readonly ReportModel[]> {
  const models = new Map<string, ReportModel>();
  for (const { systems } of plan)
    for (const { source, asked } of systems) {
      const found = use(source, asked);
      if (!found.ok || models.has(found.value.model.id)) continue;
      const { model, spec } = found.value;
      models.set(model.id, {
        ...{ name: model.name, id: model.id, family: model.family, licence: model.licence ?? null },
        files:
          model.files.length > 0 || found.value.served !== undefined
            ? model.files
            : await hashedFiles(path.join(spec.root, spec.folder), source, model.dtype),
      });
    }
  return [...models.values()];
}

async function hashedFiles(
  folder: string,
  source: ModelSource,
  dtype: Parameters<typeof graphFiles>[1],
): Promise<ReportModel['files']> {
  const files: { path: string; sha256: string }[] = [];
  for (const file of ['config.json', 'tokenizer.json', ...graphFiles(source, dtype)]) {
    const hash = await hashOf(path.join(folder, file)).catch(() => undefined);
    if (hash !== undefined) files.push({ path: file, sha256: hash.sha256 });
  }
  return files;
}

/** The labels that fix the tags of the token macro mean: those of the first model that is asked. */
export function planLabels(
  use: (source: ModelSource, scheme: Scheme) => Result<ModelUse>,
  { systems }: PlannedView,
): readonly string[] {
  for (const { source, asked } of systems) {
    const found = use(source, asked);
    if (found.ok && found.value.model.labels.length > 0) return found.value.model.labels;
  }
  return [];
}
