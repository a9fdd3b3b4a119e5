import { applyCorrection } from '../../core/correction.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import { NO_LABEL } from '../../core/span.ts';
import type { Layer } from '../../core/span.ts';
import type { PlacedCorrection, SessionSentence } from './session.ts';

/** The gold layer that each correction leads to, with the index of its sentence; a sentence without gold starts empty. */
export function correctedLayers(
  sentences: readonly SessionSentence[],
  corrections: readonly PlacedCorrection[],
  labels: readonly string[],
): Result<readonly { readonly sentence: number; readonly layer: Layer }[], 'illegalCorrection' | 'noSuchSentence'> {
  const layers: { readonly sentence: number; readonly layer: Layer }[] = [];
  for (const { sentence, correction } of corrections) {
    const target = sentences[sentence];
    if (target === undefined) return fail('noSuchSentence', 'The document has no such sentence any more.');
    if (layers.some((other) => other.sentence === sentence))
      return fail('illegalCorrection', 'A sentence can be corrected only once in one step.');
    const layer = applyCorrection(target.gold ?? [], correction, target.tokens.length);
    if (!layer.ok) return layer;
    const fault = labelFault(layer.value, labels);
    if (fault !== undefined) return fail('illegalCorrection', fault);
    layers.push({ sentence, layer: layer.value });
  }
  return ok(layers);
}

/** What keeps a layer from being written into tag cells: white space ends a cell, and a span without a label is only at home in a file of plain B, I and O. */
function labelFault(layer: Layer, labels: readonly string[]): string | undefined {
  for (const { label } of layer) {
    if (label === NO_LABEL && !labels.includes(NO_LABEL))
      return 'The span has no label, because the simplified scheme has none. Choose a label for it.';
    if (/\s/.test(label)) return `The label "${label}" contains white space, which would end its cell in the file.`;
  }
  return undefined;
}
