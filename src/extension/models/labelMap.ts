import { tagRenamer } from '../../core/classification.ts';
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

/**
 * One map out of what the nameless tags were said to be (`LABEL_3` is `B-GPE`) and what is to become of labels (`GPE` is
 * `LOC`): a whole tag in a map is final, so labels are translated inside it.
 */
export function joinMaps(tags: LabelMap, labels: LabelMap, named: readonly string[]): LabelMap {
  const rename = tagRenamer(labels);
  const inside = Object.entries(tags).map(([tag, said]) => [tag, said.includes('-') ? rename(said) : said]);
  const own = Object.entries(labels).filter(([label]) => named.includes(label));
  return Object.fromEntries([...inside, ...own]) as LabelMap;
}

/** A label map in words: `PERSON → PER, MISC → O`. */
export function mapText(map: LabelMap): string {
  return Object.entries(map)
    .map(([from, to]) => `${from} → ${to}`)
    .join(', ');
}
