import { labelMeant } from '../../core/entityList.ts';
import type { LabelMap } from '../../core/modelTags.ts';

/** The usual long names for our labels, such as PERSON for PER: from those of the model's labels to ours. */
export function usualNames(labels: readonly string[], mine: readonly string[]): LabelMap {
  const found: Record<string, string> = {};
  for (const label of labels) {
    if (mine.includes(label)) continue;
    const meant = labelMeant(label, mine);
    if (meant !== undefined) found[label] = meant;
  }
  return found;
}

/** A label map in words: `PERSON → PER, MISC → O`. */
export function mapText(map: LabelMap): string {
  return Object.entries(map)
    .map(([from, to]) => `${from} → ${to}`)
    .join(', ');
}
