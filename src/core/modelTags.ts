import { tagRenamer } from './classification.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';
import { tagParts } from './scheme.ts';
import { NO_LABEL } from './span.ts';

/** What a user says of a model's labels: from label (or whole tag) to label, tag, or `O` for none. */
export type LabelMap = Readonly<Record<string, string>>;

/** How a classifier's own tags are read: each of them as an IOB tag, and the labels that are left, in order of appearance. */
export interface TagReading {
  readonly rename: (tag: string) => string;
  readonly labels: readonly string[];
  /** True where the tags have no labels (B, I, O alone). */
  readonly simplified: boolean;
}

/** Names that a library gives to tags whose meaning nobody wrote down. */
export const NAMELESS = /^LABEL_\d+$/u;

/** A tag of any common scheme as an IOB tag: BIOES and BILOU singles and ends become B and I, a bare label becomes I (the IO scheme). */
export function standardTag(tag: string): string {
  if (/^(?:O|OUT|OTHER|NONE|0)$/iu.test(tag)) return 'O';
  const marked = /^([BIESLUM])(?:[-_](.+))?$/u.exec(tag);
  if (marked === null) return `I-${tag}`;
  const prefix = marked[1] === 'B' || marked[1] === 'S' || marked[1] === 'U' ? 'B' : 'I';
  return marked[2] === undefined ? prefix : `${prefix}-${marked[2]}`;
}

/** How to read a classifier's tags with a user's label map. Fails where the map names a label that the model lacks, or a tag's meaning is unknown. */
export function readTags(tags: readonly string[], labelMap: LabelMap): Result<TagReading, 'unknownLabel'> {
  const own = (key: string): string | undefined => (Object.hasOwn(labelMap, key) ? labelMap[key] : undefined);
  const byLabel = tagRenamer(labelMap);
  const rename = (tag: string): string => {
    const said = own(tag);
    const standard = standardTag(tag);
    // A whole tag in the map wins; a label alone keeps the tag's own B or I.
    if (said !== undefined && tagParts(said).prefix !== 'unknown') return said;
    if (said !== undefined) return `${tagParts(standard).prefix === 'B' ? 'B' : 'I'}-${said}`;
    const parts = tagParts(standard);
    return parts.prefix === 'O' || parts.prefix === 'unknown' || parts.label === NO_LABEL
      ? standard
      : byLabel(standard);
  };
  const labels = [...new Set(tags.flatMap((tag) => labelOf(standardTag(tag))))];
  const nameless = tags.find((tag) => NAMELESS.test(tag) && own(tag) === undefined);
  if (nameless !== undefined) {
    return fail(
      'unknownLabel',
      `the model calls a tag “${nameless}”: say what it means in the label map, such as {"LABEL_0": "O", "LABEL_1": "B-PER"}`,
    );
  }
  const stray = Object.keys(labelMap).find((key) => !tags.includes(key) && !labels.includes(key));
  if (stray !== undefined) {
    return fail('unknownLabel', `the label map names “${stray}”, but the model's labels are ${labels.join(', ')}`);
  }
  const renamed = tags.map(rename);
  return ok({
    rename,
    labels: [...new Set(renamed.flatMap(labelOf))],
    simplified: renamed.every((tag) => labelOf(tag).length === 0),
  });
}

function labelOf(tag: string): readonly string[] {
  const parts = tagParts(tag);
  return parts.prefix === 'B' || parts.prefix === 'I' ? (parts.label === NO_LABEL ? [] : [parts.label]) : [];
}
