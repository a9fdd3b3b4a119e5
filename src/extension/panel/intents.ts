import * as vscode from 'vscode';
import type { Correction } from '../../core/correction.ts';
import { ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import type { IllegalPolicy } from '../../core/scheme.ts';
import type { Handlers } from '../../protocol/channel.ts';
import type { panelHostContract } from '../../protocol/panel.ts';
import { acceptPrediction } from '../decisions/acceptance.ts';
import { completeSentence } from '../decisions/completion.ts';
import { editorOf } from '../document/currentSentence.ts';
import { decideAndGoOn, goOn, toggleReviewed } from '../review/reviewSteps.ts';
import type { Reviewing } from '../review/reviewSteps.ts';
import type { Services } from '../prediction/services.ts';
import type { Session } from '../document/session.ts';
import { reshapeSpan } from '../decisions/spanChanges.ts';
import type { CommandPlace } from '../decisions/targets.ts';
import { cellCases, failureCases } from '../figures/cases.ts';
import type { Shown } from '../figures/details.ts';
import { finishInSlices } from '../base/slices.ts';
import { reviewFilter } from './queue.ts';
import type { Depends, Snapshots } from './shownSentences.ts';
import type { CorpusTotals } from '../figures/totals.ts';

/** What the page can ask for. */
export type PanelHandlers = Handlers<typeof panelHostContract>;

/** What the intents work on. */
export interface IntentContext extends Reviewing {
  readonly snapshots: Snapshots;
  /** What has been counted of the session so far. */
  totalsOf(session: Session): CorpusTotals;
  setMatrixLevel(level: 'token' | 'span'): void;
  setPolicy(policy: IllegalPolicy): void;
  show(shown: Shown): void;
  predictOtherScheme(session: Session, on: boolean): void;
  ready(): void;
  /** The page began or ended to show the queue. */
  watchQueue(shown: boolean): void;
  focusChanged(has: boolean): void;
}

interface At {
  readonly sentence: number;
  readonly revision: number;
}
interface Done {
  accepted: boolean;
  message: string | null;
}

/** The answers to everything that the page can ask for. */
export function panelHandlers(context: IntentContext): PanelHandlers {
  const { services, current } = context;
  const correct = (at: At, correction: Correction, next = false): Promise<Done> =>
    answer(context, at, (session, index) =>
      decide(context, session, index, next, () => session.correct(index, correction, session.revision)),
    );
  const withSession = (act: (session: Session) => void): void => {
    const session = services.sessions.active;
    if (session !== undefined) act(session);
  };
  return {
    requests: {
      setSpan: ({ first, end, label, next, ...at }) => correct(at, { kind: 'setSpan', first, end, label }, next),
      clear: ({ first, end, next, ...at }) => correct(at, { kind: 'clear', first, end }, next),
      setEmpty: ({ next, ...at }) => correct(at, { kind: 'setLayer', layer: [] }, next),
      accept: ({ source, next, ...at }) =>
        answer(
          context,
          at,
          (session, index) =>
            decide(context, session, index, next, () => acceptPrediction(services, session, index, source)),
          'answers',
        ),
      complete: ({ by, next, ...at }) =>
        answer(
          context,
          at,
          async (session, index) => {
            let told: string | null = null;
            const outcome = await decide(context, session, index, next, async () => {
              const done = await completeSentence(session, index, by);
              if (done.ok) told = done.value;
              return done.ok ? ok(undefined) : done;
            });
            return outcome.ok && !next ? ok(told) : outcome;
          },
          by === 'noEntity' ? 'words' : 'answers',
        ),
      reshape: async ({ first, end, how, ...at }) => {
        let tokens = { first, end };
        const done = await answer(context, at, async (session, index) => {
          const outcome = await reshapeSpan(session, index, tokens, how);
          if (outcome.ok) tokens = outcome.value;
          return outcome.ok ? ok(undefined) : outcome;
        });
        return { ...done, ...tokens };
      },
      markReviewed: (at) => answer(context, at, toggleReviewed),
      nextInQueue: async () => {
        const session = services.sessions.active;
        if (session === undefined) return noDocument;
        const { moved, message = null } = await goOn(context, session);
        return { accepted: moved, message };
      },
      setQueueFilter: (wanted) => {
        const filter = reviewFilter(wanted);
        if (filter === undefined)
          return Promise.resolve({ accepted: false, message: `${wanted.text} is no regular expression.` });
        context.review.setFilter(filter);
        return Promise.resolve({ accepted: true, message: null });
      },
      undo: () => history(services, 'undo'),
      redo: () => history(services, 'redo'),
      cases: (request, signal) => {
        const session = services.sessions.active;
        if (session === undefined) return Promise.resolve({ total: 0, cases: [] });
        return finishInSlices(cellCases(session.sentences, context.totalsOf(session), session.labels, request), signal);
      },
      failureCases: (request, signal) => {
        const session = services.sessions.active;
        if (session === undefined) return Promise.resolve({ total: 0, cases: [] });
        return finishInSlices(failureCases(session.sentences, context.totalsOf(session), request), signal);
      },
      copy: async ({ text, what }) => {
        await vscode.env.clipboard.writeText(text);
        return { accepted: true, message: `Copied: ${what}` };
      },
    },
    notifications: {
      ready: () => {
        context.ready();
      },
      selectSentence: ({ sentence }) => {
        withSession((session) => {
          current.select(session, sentence);
        });
      },
      move: ({ to }) => {
        withSession((session) => {
          current.move(session, to);
        });
      },
      goToQueued: ({ sentence, first, end }) => {
        withSession((session) => {
          const entry = context.review.entries(session).find((one) => one.sentence === sentence);
          if (entry !== undefined) void context.review.goTo(entry, 'stay');
          reveal(context, session, sentence, first, end);
        });
      },
      watchQueue: ({ shown }) => {
        context.watchQueue(shown);
      },
      focus: ({ has }) => {
        context.focusChanged(has);
      },
      editNote: ({ sentence }) => {
        withSession((session) => {
          const { line, character } = session.rangeOf(sentence, 0, 1).start;
          const place: CommandPlace = { uri: session.document.uri.toString(), line, character };
          void vscode.commands.executeCommand('entityLens.editNote', place);
        });
      },
      setScheme: ({ scheme }) => {
        void vscode.commands.executeCommand('entityLens.switchScheme', { scheme });
      },
      setMatrixLevel: ({ level }) => {
        context.setMatrixLevel(level);
      },
      setPolicy: ({ policy }) => {
        context.setPolicy(policy);
      },
      show: (shown) => {
        context.show(shown);
      },
      chooseTrainingCorpus: () => {
        void vscode.commands.executeCommand('entityLens.chooseTrainingCorpus');
      },
      predictOtherScheme: ({ on }) => {
        withSession((session) => {
          context.predictOtherScheme(session, on);
        });
      },
      reveal: ({ sentence, first, end }) => {
        withSession((session) => {
          reveal(context, session, sentence, first, end);
        });
      },
      annotate: () => {
        void vscode.commands.executeCommand('entityLens.annotateDocument');
      },
      cancel: () => {
        withSession((session) => {
          services.annotator.cancel(session);
        });
      },
      selectModel: ({ source }) => {
        void vscode.commands.executeCommand('entityLens.selectModel', { source });
      },
      exportCorpus: () => {
        void vscode.commands.executeCommand('entityLens.exportCorpus');
      },
    },
  };
}

/** Decides something about a sentence, and goes on from it where that is asked for; gives what to tell besides. */
async function decide(
  context: IntentContext,
  session: Session,
  index: number,
  next: boolean,
  act: () => Promise<Result<void>>,
): Promise<Result<unknown>> {
  if (!next) return act();
  const outcome = await decideAndGoOn(context, session, index, act);
  return outcome.ok ? ok(outcome.value.message) : outcome;
}

const noDocument: Done = { accepted: false, message: 'No annotated document is open.' };

/** Does something to the sentence that the page showed; a text that it gives is told to the user. */
async function answer(
  { snapshots }: IntentContext,
  at: At,
  act: (session: Session, index: number) => Promise<Result<unknown>>,
  depends: Depends = 'words',
): Promise<Done> {
  const shown = snapshots.resolve(at, depends);
  if (shown === undefined) {
    return { accepted: false, message: 'The words of the sentence changed before this reached it; nothing was done.' };
  }
  const result = await act(shown.session, shown.index);
  if (!result.ok) return { accepted: false, message: result.message };
  return { accepted: true, message: typeof result.value === 'string' ? result.value : null };
}

async function history({ sessions }: Services, step: 'undo' | 'redo'): Promise<Done> {
  const session = sessions.active;
  if (session === undefined) return noDocument;
  const accepted = await session[step]();
  return { accepted, message: accepted ? null : `There is nothing to ${step}.` };
}

/** Shows tokens in the editor; the keyboard stays with the panel. */
function reveal(
  { services, current }: IntentContext,
  session: Session,
  index: number,
  first: number,
  end: number,
): void {
  const sentence = session.sentences[index];
  if (sentence === undefined || first >= end || end > sentence.tokens.length) return;
  current.select(session, index, first);
  const selection = session.rangeOf(index, first, end);
  const viewColumn = editorOf(session)?.viewColumn ?? vscode.ViewColumn.One;
  vscode.window
    .showTextDocument(session.document, { viewColumn, preserveFocus: true, selection })
    .then(undefined, (error: unknown) => {
      services.log.warn(`Could not show ${session.document.uri.toString()}: ${String(error)}`);
    });
}
