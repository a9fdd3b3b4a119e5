/**
 * conlleval's rules said once more, as slowly and plainly as they can be said, to hold the fast scorer against: whole columns
 * instead of a stream, patterns instead of tables, exact fractions of the doubles instead of toFixed.
 */

interface Part {
  readonly prefix: string;
  readonly label: string;
}

const OUT: Part = { prefix: 'O', label: '' };

/** The first hyphen parts prefix and label; Perl takes the label 0 for none. */
function part(tag: string): Part {
  const [, prefix = tag, label = ''] = /^([^-]*)-(.*)$/.exec(tag) ?? [];
  return { prefix, label: label === '0' ? '' : label };
}

function ends(before: Part, now: Part): boolean {
  const apart = before.label !== now.label && !['O', '.'].includes(before.prefix);
  return apart || /^(?:B[BO]|I[BO]|E[EIO]|[[\]].*)$/.test(before.prefix + now.prefix);
}

function starts(before: Part, now: Part): boolean {
  const apart = before.label !== now.label && !['O', '.'].includes(now.prefix);
  return apart || ['[', ']'].includes(now.prefix) || /^(?:[BI]B|O[BIE]|E[EI])$/.test(before.prefix + now.prefix);
}

/** What `printf "%.2f"` writes: the double's exact value, rounded, a tie to the even digit. */
export function printed(value: number): string {
  let [numerator, denominator] = [value, 1n];
  while (!Number.isInteger(numerator)) [numerator, denominator] = [numerator * 2, denominator * 2n];
  const hundredfold = BigInt(numerator) * 100n;
  const [whole, rest] = [hundredfold / denominator, (hundredfold % denominator) * 2n];
  const up = rest > denominator || (rest === denominator && whole % 2n === 1n);
  const digits = String(up ? whole + 1n : whole).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function figures(correct: number, guessed: number, wanted: number): string {
  const precision = guessed > 0 ? (100 * correct) / guessed : 0;
  const recall = wanted > 0 ? (100 * correct) / wanted : 0;
  const both = precision + recall;
  const f1 = both > 0 ? (2 * precision * recall) / both : 0;
  return `precision: ${printed(precision).padStart(6)}%; recall: ${printed(recall).padStart(6)}%; FB1: ${printed(f1).padStart(6)}`;
}

/** What conlleval prints of lines `word gold guess`, with empty lines between sentences. */
export function conllevalByRules(lines: readonly string[]): string {
  const rows = lines.map((line) => {
    const [word = '', gold = 'O', guess = 'O'] = line.split(' ');
    const counts = line !== '' && word !== '-X-';
    return { counts, gold: counts ? part(gold) : OUT, guess: counts ? part(guess) : OUT };
  });
  const at = (index: number): { readonly gold: Part; readonly guess: Part } => rows[index] ?? { gold: OUT, guess: OUT };
  const wanted: string[] = [];
  const guessed: string[] = [];
  const correct: string[] = [];
  let open = false;
  for (const [index, { gold, guess }] of rows.entries()) {
    const before = at(index - 1);
    const [goldEnds, guessEnds] = [ends(before.gold, gold), ends(before.guess, guess)];
    if (open && goldEnds && guessEnds && before.gold.label === before.guess.label) {
      correct.push(before.gold.label);
      open = false;
    }
    if (goldEnds !== guessEnds || gold.label !== guess.label) open = false;
    const [goldStarts, guessStarts] = [starts(before.gold, gold), starts(before.guess, guess)];
    if (goldStarts) wanted.push(gold.label);
    if (guessStarts) guessed.push(guess.label);
    if (goldStarts && guessStarts && gold.label === guess.label) open = true;
  }
  if (open) correct.push(at(rows.length - 1).gold.label);

  const tokens = rows.filter(({ counts }) => counts);
  const right = tokens.filter(({ gold, guess }) => gold.prefix === guess.prefix && gold.label === guess.label).length;
  const of = (list: readonly string[], label: string): number => list.filter((one) => one === label).length;
  const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
  const labels = [...new Set([...wanted, ...guessed])].sort((a, b) => Buffer.compare(bytes(a), bytes(b)));
  const out = [
    `processed ${tokens.length} tokens with ${wanted.length} phrases; found: ${guessed.length} phrases; correct: ${correct.length}.`,
  ];
  if (tokens.length > 0) {
    const accuracy = printed((100 * right) / tokens.length).padStart(6);
    out.push(`accuracy: ${accuracy}%; ${figures(correct.length, guessed.length, wanted.length)}`);
  }
  for (const label of labels) {
    const found = of(guessed, label);
    const padding = ' '.repeat(Math.max(0, 17 - bytes(label).length));
    const line = `${padding}${label}: ${figures(of(correct, label), found, of(wanted, label))}  ${found}`;
    // Keys of both lists are sorted together, and an empty one is not seen to repeat.
    out.push(line, ...(label === '' && guessed.includes('') && wanted.includes('') ? [line] : []));
  }
  return `${out.join('\n')}\n`;
}
