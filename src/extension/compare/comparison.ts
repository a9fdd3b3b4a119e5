import {
  agreed,
  annotatorAgreement,
  annotatorPairs,
  bothNames,
  commonDecisions,
  layerWords,
  matchAnnotators,
} from '../../core/annotatorComparison.ts';
import type {
  AnnotatorAgreement,
  AnnotatorMismatch,
  AnnotatorNames,
  AnnotatorPair,
} from '../../core/annotatorComparison.ts';
import type { ColumnDocument } from '../../core/columns/document.ts';
import { byPerson } from '../../core/decisions.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import type { ColumnSession } from '../document/columnSession.ts';
import { annotatorName } from '../document/annotatorName.ts';
import type { CorrectionReason } from '../document/session.ts';

/** Whose answer a conflict is decided for; `other`: what both say alike, for the person to decide the rest. */
export type Verdict = 'a' | 'b' | 'other';

/** A sentence on which two annotators differ, with its place in the curated file; undefined where it is not there any more. */
export interface Conflict {
  readonly pair: AnnotatorPair;
  readonly index: number | undefined;
  readonly decided: boolean;
}

/** Two annotations of the same sentences, and the curated file in which they become one. */
export class Comparison {
  readonly names: AnnotatorNames;
  readonly session: ColumnSession;
  readonly agreement: AnnotatorAgreement;
  readonly mismatches: readonly AnnotatorMismatch[];
  readonly #differing: readonly AnnotatorPair[];

  constructor(a: ColumnDocument, b: ColumnDocument, names: AnnotatorNames, session: ColumnSession) {
    this.names = names;
    this.session = session;
    const match = matchAnnotators(a, b);
    const pairs = annotatorPairs(a, b, match);
    this.mismatches = match.mismatches;
    this.agreement = annotatorAgreement(
      pairs.flatMap((pair) =>
        pair.a === null || pair.b === null ? [] : [{ a: pair.a, b: pair.b, tokens: pair.sentence.tokens.length }],
      ),
    );
    this.#differing = pairs.filter((pair) => !agreed(pair) && (pair.a !== null || pair.b !== null));
  }

  /** The conflicts in the order of the first file, as the curated file has them now. */
  conflicts(): readonly Conflict[] {
    const places = new Map<string, number[]>();
    this.session.sentences.forEach(({ id, text }, index) => {
      const key = `${id ?? ''} ${text}`;
      const there = places.get(key);
      if (there === undefined) places.set(key, [index]);
      else there.push(index);
    });
    return this.#differing.map((pair) => {
      const index = places.get(`${pair.sentence.id ?? ''} ${pair.sentence.text}`)?.shift();
      const gold = index === undefined ? undefined : this.session.sentences[index]?.gold;
      return { pair, index, decided: gold !== undefined && gold !== null };
    });
  }

  /** Decides a conflict by one undoable edit of the curated file, in which both names and the decider's are kept. */
  async decide({ pair, index }: Conflict, verdict: Verdict): Promise<Result<void, CorrectionReason>> {
    if (index === undefined) return fail('noSuchSentence', 'The curated file has no such sentence any more.');
    if (verdict === 'other') {
      const decisions = commonDecisions(pair);
      if (decisions.undecided.length === pair.sentence.tokens.length) return ok(undefined);
      const origins = pair.sentence.tokens.map(() => []);
      return this.session.decide(index, { ...decisions, origins }, bothNames(this.names));
    }
    const layer = pair[verdict];
    if (layer === null) return fail('illegalCorrection', `${this.names[verdict]} did not annotate this sentence.`);
    const decider = await annotatorName(this.session.document.uri);
    const decisions = byPerson(layer, pair.sentence.tokens.length);
    return this.session.decide(index, decisions, `${bothNames(this.names)}>${decider}`);
  }

  /** What both say of a sentence, in words. */
  said({ pair }: Conflict): string {
    const { a, b } = this.names;
    return `${a}: ${layerWords(pair.sentence, pair.a)} · ${b}: ${layerWords(pair.sentence, pair.b)}`;
  }
}
