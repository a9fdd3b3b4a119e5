import type { Scheme } from './scheme.ts';
import type { ModelSource } from './span.ts';
import { SOURCE_NAMES } from './span.ts';

/** A model asked in a scheme; its answers may be looked at in another one. */
export interface PlannedSystem {
  readonly name: string;
  readonly source: ModelSource;
  readonly asked: Scheme;
}

/** The systems that are compared in one scheme. */
export interface PlannedView {
  readonly scheme: Scheme;
  readonly systems: readonly PlannedSystem[];
}

/**
 * Which models are compared in which scheme. Where both schemes are wanted, the simplified one also has each full model with
 * its labels dropped, so that a simplified model can be held against a full model, simplified.
 */
export function plannedViews(sources: readonly ModelSource[], schemes: readonly Scheme[]): readonly PlannedView[] {
  return schemes.map((scheme) => ({
    scheme,
    systems: [
      ...sources.map((source) => ({ name: SOURCE_NAMES[source], source, asked: scheme })),
      ...(scheme === 'simplified' && schemes.includes('full')
        ? sources.map((source) => ({
            name: `${SOURCE_NAMES[source]}, full model simplified`,
            source,
            asked: 'full' as const,
          }))
        : []),
    ],
  }));
}
