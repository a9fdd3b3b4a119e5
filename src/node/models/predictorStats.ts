import type { Cost } from './modelRun.ts';

/** What a family's model has done since the start; remembered predictions cost nothing and are not in it. */
export interface PredictorStats extends Cost {
  readonly sentences: number;
  /** By how many bytes the model process grew while it last loaded the model, 0 before. */
  readonly loadedBytes: number;
  /** The memory of the whole model process when it was last asked, 0 before. */
  readonly residentBytes: number;
}

/** What a model that was never asked has done. */
export const NO_STATS: PredictorStats = {
  sentences: 0,
  milliseconds: 0,
  pieces: 0,
  generatedPieces: 0,
  loadedBytes: 0,
  residentBytes: 0,
};

/** What was done in both. */
export function joined(a: PredictorStats, b: PredictorStats): PredictorStats {
  return {
    sentences: a.sentences + b.sentences,
    milliseconds: a.milliseconds + b.milliseconds,
    pieces: a.pieces + b.pieces,
    generatedPieces: a.generatedPieces + b.generatedPieces,
    loadedBytes: Math.max(a.loadedBytes, b.loadedBytes),
    residentBytes: 0,
  };
}
