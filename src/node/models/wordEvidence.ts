import { mergeTags } from '../../core/distribution.ts';
import type { Evidence } from '../../core/learning/evidence.ts';
import type { CancelSignal } from '../../protocol/channel.ts';
import type { InferenceClient } from './inferenceClient.ts';
import type { ModelUse } from './modelRun.ts';

/** How many sentences are asked about at once: what a person waits for comes between two batches. */
const BATCH = 8;

/** What a classifier says of the words of sentences, with their states where it gives them, as a head learns from them. */
export async function wordEvidence(
  client: InferenceClient,
  { spec, rename }: ModelUse,
  sentences: readonly (readonly string[])[],
  signal: CancelSignal,
  onBatch: (done: number) => void,
): Promise<readonly Evidence[]> {
  const { tags } = await client.load(spec);
  const evidence: Evidence[] = [];
  for (let first = 0; first < sentences.length; first += BATCH) {
    const batch = sentences.slice(first, first + BATCH);
    const answer = await client.classify(spec, 1, batch, signal, { hidden: true });
    for (const { distribution, hidden } of answer.sentences) {
      const raw = { tags, values: distribution };
      const read = rename === undefined ? raw : mergeTags(raw, rename);
      evidence.push({ modelTags: read.tags, distribution: Float32Array.from(read.values), hidden });
    }
    onBatch(evidence.length);
  }
  return evidence;
}
