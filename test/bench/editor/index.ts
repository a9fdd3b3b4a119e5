// What the editor bench runs inside the extension host: see test/bench/editor.ts.
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Running } from '../../../src/extension/lifecycle.ts';
import type { Session } from '../../../src/extension/document/session.ts';
import { linePrefix } from '../../extension-host/line.ts';
import type { EditorFigures, Sizes } from './figures.ts';
import { profiled } from './profile.ts';
import { pausesDuring, quantile, threadMilliseconds } from './pauses.ts';

/** Milliseconds after an action in which everything but certainty follows it: the panel, decorations, hints, the queue. */
const NEAR_MS = 350;
/** Milliseconds after that in which certainty may be worked out, before the next action. */
const LATER_MS = 650;
const ROUNDS = 4;
const ACTIONS = 5;

const say = (text: string): void => {
  console.log(`${linePrefix}${text}`);
};

async function running(): Promise<Running> {
  const extension = vscode.extensions.getExtension<Running>('entity-lens.entity-lens');
  if (extension === undefined) throw new Error('The extension is not loaded.');
  return extension.activate();
}

async function open(name: string): Promise<Session> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('No folder is open.');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preview: false });
  return (await running()).sessions.ensure(document);
}

/** The thread's processor time that an action costs: in the time right after it, and later. */
async function cost(act: () => Thenable<unknown>): Promise<readonly [near: number, later: number]> {
  const start = threadMilliseconds();
  await act();
  await delay(NEAR_MS);
  const near = threadMilliseconds();
  await delay(LATER_MS);
  return [near - start, threadMilliseconds() - near];
}

/** Does the same in a small and a large document in turns, so that whatever else the machine does falls on both. */
async function compare(
  what: string,
  names: Sizes<string>,
  prepare: (session: Session) => void,
  act: (session: Session, turn: number) => Thenable<unknown>,
): Promise<EditorFigures['correction']> {
  const near = { small: [] as number[], large: [] as number[] };
  const later = { small: [] as number[], large: [] as number[] };
  for (let round = 0; round < ROUNDS; round++)
    for (const size of ['small', 'large'] as const) {
      const session = await open(names[size]);
      prepare(session);
      // What the change of editors brings with it must be over, and the code warm.
      await delay(1000);
      await cost(() => act(session, 0));
      await profiled(`${what} ${size}`, async () => {
        for (let turn = 1; turn <= ACTIONS; turn++) {
          const [now, then] = await cost(() => act(session, turn));
          near[size].push(now);
          later[size].push(then);
        }
      });
    }
  const figures = {
    small: quantile(near.small, 0.5),
    large: quantile(near.large, 0.5),
    ratio: quantile(near.large, 0.5) / quantile(near.small, 0.5),
    later: { small: quantile(later.small, 0.5), large: quantile(later.large, 0.5) },
  };
  say(`${what}: ${JSON.stringify(figures)}`);
  return figures;
}

async function correct(session: Session, turn: number): Promise<void> {
  const before = session.sentences[turn]?.gold?.find(({ first, end }) => first === 0 && end === 1);
  const label = before?.label === 'PER' ? 'LOC' : 'PER';
  const span = { kind: 'setSpan', first: 0, end: 1, label } as const;
  const outcome = await session.correct(turn, span, session.revision);
  if (!outcome.ok) throw new Error(outcome.message);
}

/** Puts the cursor into a word in the middle of the text. */
function intoTheMiddle({ document }: Session): void {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document !== document) throw new Error(`${document.uri.path} is not in front.`);
  let line = document.lineCount >> 1;
  while (document.lineAt(line).isEmptyOrWhitespace) line++;
  const place = new vscode.Position(line, 2);
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(new vscode.Range(place, place));
}

async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

async function measure(seconds: number): Promise<EditorFigures> {
  const { annotator, models } = await running();
  await delay(3000);
  const idle = await pausesDuring(() => delay(seconds * 500));
  say(`nothing open: ${JSON.stringify(idle)}`);
  let session: Session | undefined;
  const opening = await pausesDuring(async () => {
    session = await open('large.iob2');
    await delay(3000);
  });
  if (session === undefined) throw new Error('The corpus was not opened.');
  const { sentences } = session;
  say(`opening ${String(sentences.length)} sentences: ${JSON.stringify(opening)}`);
  await vscode.commands.executeCommand('entityLens.openPanel');
  await vscode.commands.executeCommand('entityLensReview.focus');
  await delay(5000);
  const shown = await pausesDuring(() => delay(seconds * 500));
  say(`corpus, panel and queue shown: ${JSON.stringify(shown)}`);
  // Loads the models, so that what follows is their work alone.
  await annotator.annotate(await open('small.iob2'));
  const large = await open('large.iob2');
  await delay(2000);
  let first = 0;
  const annotating = await pausesDuring(async () => {
    const begun = performance.now();
    const work = annotator.annotate(large);
    while (large.sentences[0]?.predictions.t5 === undefined || large.sentences[0].predictions.bert === undefined)
      await delay(10);
    first = performance.now() - begun;
    await profiled('annotating', () => Promise.race([work, delay(seconds * 1000)]));
    annotator.cancel(large);
    await work;
  });
  const done = { bert: 0, t5: 0 };
  for (const { predictions } of large.sentences) {
    if (predictions.bert !== undefined) done.bert++;
    if (predictions.t5 !== undefined) done.t5++;
  }
  say(
    `both models at work: ${JSON.stringify(annotating)}, ${JSON.stringify(done)}, first after ${first.toFixed(0)} ms`,
  );
  if (models.states.some(({ state }) => state === 'failed')) throw new Error('A model failed.');
  await delay(3000);
  const columns = { small: 'small.iob2', large: 'large.iob2' };
  const correction = await compare('correction', columns, () => undefined, correct);
  const prose = { small: 'small.txt', large: 'large.txt' };
  const keystroke = await compare('keystroke', prose, intoTheMiddle, () =>
    vscode.commands.executeCommand('type', { text: 'e' }),
  );
  return {
    sentences: { small: (await open('small.iob2')).sentences.length, large: sentences.length },
    prose: { small: (await open('small.txt')).sentences.length, large: (await open('large.txt')).sentences.length },
    correction,
    keystroke,
    pauses: { idle, opening, shown, annotating },
    predicted: done,
    firstPredictions: first,
  };
}

/** Called by VS Code's extension host in place of a person's work. */
export const run = async (): Promise<void> => {
  const file = process.env['ENTITY_LENS_TEST_RESULTS'];
  if (file === undefined) throw new Error('ENTITY_LENS_TEST_RESULTS is not set: start this with npm run bench.');
  const figures = await measure(Number(process.env['ENTITY_LENS_BENCH_SECONDS'] ?? 60));
  await closeAll();
  writeFileSync(file, JSON.stringify({ figures, end: true }));
};
