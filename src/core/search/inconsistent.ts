import { spanKey } from '../breakdown.ts';
import type { Layer, Span } from '../span.ts';
import { largest } from '../lists.ts';

/** A string that gold labels in several ways, with how often it has each label. */
export interface InconsistentString {
  readonly text: string;
  readonly labels: ReadonlyMap<string, number>;
  readonly total: number;
}

/** How often each string of gold has each label, over as many sentences as are added. */
export class LabelledStrings {
  readonly #strings = new Map<string, Map<string, number>>();

  add(forms: readonly string[], gold: Layer | null): void {
    for (const span of gold ?? []) {
      // A copy, so that the string does not keep the text alive that it was cut from.
      const key = copied(spanKey(forms, span));
      let labels = this.#strings.get(key);
      if (labels === undefined) this.#strings.set(key, (labels = new Map<string, number>()));
      labels.set(span.label, (labels.get(span.label) ?? 0) + 1);
    }
  }

  /** The strings with more than one label: those first of which most places have another label than most others, then by text. */
  inconsistent(): readonly InconsistentString[] {
    const found: InconsistentString[] = [];
    for (const [text, labels] of this.#strings) {
      if (labels.size < 2) continue;
      const counts = [...labels].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      found.push({ text, labels: new Map(counts), total: counts.reduce((sum, [, count]) => sum + count, 0) });
    }
    return found.sort((a, b) => deviating(b) - deviating(a) || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  }
}

/** The places that do not have the most frequent label of their string. */
function deviating({ labels, total }: InconsistentString): number {
  return total - largest(labels.values());
}

/** A text that shares no memory with the one that it was cut from. */
export function copied(text: string): string {
  return ` ${text}`.slice(1);
}

/** The spans of a sentence whose string is among those that are labelled in several ways. */
export function inconsistentSpans(
  strings: ReadonlyMap<string, InconsistentString>,
  forms: readonly string[],
  gold: Layer | null,
): readonly { readonly span: Span; readonly string: InconsistentString }[] {
  return (gold ?? []).flatMap((span) => {
    const string = strings.get(spanKey(forms, span));
    return string === undefined ? [] : [{ span, string }];
  });
}
