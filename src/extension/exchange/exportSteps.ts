import * as vscode from 'vscode';
import { isReviewed, parseLabelMap } from '../../core/exportChoice.ts';
import { formatOf } from '../../core/formats/registry.ts';
import { shapeOf } from '../../core/formats/parts.ts';
import type { Format } from '../../core/formats/format.ts';
import { parseSeed, parseShares } from '../../core/splitPlan.ts';
import type { Session, SessionList, SessionSentence } from '../document/session.ts';
import { annotatedFiles, nameOf } from './exportDocuments.ts';
import { askDataFiles, askFormat, askLicence, askRecords, cutsText } from './exportFormatSteps.ts';
import type { Answer, ExportAnswers, ExportFill, ExportWish } from './exportWish.ts';
import { chooseMany, chooseOne, writeLine } from '../base/wizard.ts';
import type { Step, StepPlace } from '../base/wizard.ts';

/** What is chosen where nobody chose. */
export function firstAnswers(sessions: SessionList): ExportAnswers {
  const { active } = sessions;
  return {
    from: active === undefined ? 'files' : 'current',
    documents: active === undefined ? [] : [active.document.uri],
    fill: 'gold',
    labelMap: {},
    scheme: 'full',
    format: 'iob2',
    split: undefined,
    records: 'run',
    dataFiles: undefined,
    licence: undefined,
    target: undefined,
  };
}

/** The questions of an export, up to where it goes. */
export function exportSteps(sessions: SessionList): readonly Step<ExportAnswers>[] {
  return [
    { ask: (answers, place) => askDocuments(sessions, answers, place) },
    { applies: ({ from }) => from === 'files', ask: askFiles },
    { ask: (answers, place) => askFill(sessions, answers, place) },
    { ask: askLabels },
    { ask: askScheme },
    { ask: askFormat },
    { applies: cutsText, ask: askRecords },
    { ask: askSplit },
    { applies: ({ format }) => format === 'hf', ask: askDataFiles },
    { applies: ({ format }) => format === 'hf', ask: askLicence },
    { ask: askTarget },
  ];
}

async function askDocuments(sessions: SessionList, answers: ExportAnswers, place: StepPlace): Promise<Answer> {
  const { active, all } = sessions;
  const from = await chooseOne(
    place,
    'Which documents?',
    [
      ...(active === undefined
        ? []
        : [
            {
              value: 'current' as const,
              label: 'Current Document',
              description: countText([active]),
              detail: nameOf(active.document.uri),
            },
          ]),
      ...(all.length < 2 ? [] : [{ value: 'open' as const, label: 'All Open Documents', description: countText(all) }]),
      { value: 'files' as const, label: 'Files of the Workspace…', description: 'annotated files, to choose from' },
    ],
    answers.from,
  );
  if (from === undefined || from === 'back') return from;
  const open = from === 'current' && active !== undefined ? [active] : from === 'open' ? all : [];
  return { ...answers, from, documents: open.map(({ document }) => document.uri) };
}

async function askFiles(answers: ExportAnswers, place: StepPlace): Promise<Answer> {
  const files = await annotatedFiles(true);
  if (files.length === 0) {
    void vscode.window.showWarningMessage(
      'The workspace has no text or column files. Open their folder, or import a corpus.',
    );
    return 'back';
  }
  const documents = await chooseMany(
    place,
    `${String(files.length)} files: which of them?`,
    files.map((uri) => ({ value: uri, label: nameOf(uri) })),
  );
  return documents === undefined || documents === 'back' ? documents : { ...answers, documents };
}

async function askFill(sessions: SessionList, answers: ExportAnswers, place: StepPlace): Promise<Answer> {
  const open = answers.documents.map((uri) => sessions.get(uri));
  const known = open.every((session) => session !== undefined);
  const all = known ? open.flatMap(({ sentences }) => sentences) : undefined;
  const gold = all?.filter((sentence) => sentence.gold !== null);
  const count = (number: number | undefined, what: string): string =>
    number === undefined ? what : `${String(number)} ${what}`;
  const rest = all === undefined || gold === undefined ? undefined : all.length - gold.length;
  const fill = await chooseOne<ExportFill>(
    place,
    'Which sentences?',
    [
      {
        value: 'gold',
        label: 'Gold only',
        description:
          gold === undefined || all === undefined
            ? ''
            : `${String(gold.length)} of ${String(all.length)} sentences are complete${inProgressText(all)}`,
      },
      {
        value: 'reviewed',
        label: 'Reviewed only',
        description: count(gold?.filter(isReviewed).length, 'sentences that were marked as reviewed'),
      },
      { value: 'bert', label: 'Gold, the rest from BERT', description: count(rest, 'sentences from BERT') },
      { value: 't5', label: 'Gold, the rest from T5', description: count(rest, 'sentences from T5') },
    ],
    answers.fill,
  );
  return fill === undefined || fill === 'back' ? fill : { ...answers, fill };
}

function inProgressText(sentences: readonly SessionSentence[]): string {
  const started = sentences.filter(({ partial }) => partial !== undefined).length;
  return started === 0 ? '' : `, ${String(started)} in progress`;
}

async function askLabels(answers: ExportAnswers, place: StepPlace): Promise<Answer> {
  const mapped = Object.keys(answers.labelMap).length > 0;
  const what = await chooseOne(
    place,
    'Which labels?',
    [
      { value: 'keep' as const, label: 'Labels as They Are' },
      { value: 'map' as const, label: 'Rename or Leave Out Labels…', description: 'such as GPE=LOC, MISC=O' },
    ],
    mapped ? 'map' : 'keep',
  );
  if (what === undefined || what === 'back') return what;
  if (what === 'keep') return { ...answers, labelMap: {} };
  const now = Object.entries(answers.labelMap).map(([from, to]) => `${from}=${to}`);
  const written = await writeLine(
    place,
    'From label to label; O leaves the entities of a label out.',
    now.join(', '),
    (text) => {
      const read = parseLabelMap(text);
      return read.ok ? undefined : read.message;
    },
  );
  if (written === undefined) return undefined;
  if (written === 'back') return askLabels(answers, place);
  const read = parseLabelMap(written.text);
  return { ...answers, labelMap: read.ok ? read.value : {} };
}

async function askScheme(answers: ExportAnswers, place: StepPlace): Promise<Answer> {
  const scheme = await chooseOne(
    place,
    'Which scheme?',
    [
      { value: 'full' as const, label: 'Full Scheme', description: 'entities with their labels' },
      { value: 'simplified' as const, label: 'Simplified Scheme', description: 'entities without labels: B, I and O' },
    ],
    answers.scheme,
  );
  return scheme === undefined || scheme === 'back' ? scheme : { ...answers, scheme };
}

async function askSplit(answers: ExportAnswers, place: StepPlace): Promise<Answer> {
  const usual = '80,10,10';
  const now = answers.split === undefined ? 'none' : 'other';
  const what = await chooseOne(
    place,
    'One corpus, or split by document into train, dev and test?',
    [
      { value: 'none' as const, label: 'One Corpus' },
      {
        value: 'usual' as const,
        label: 'Split 80, 10, 10',
        description: 'percent of the sentences, alike in their labels, seed 1',
      },
      { value: 'other' as const, label: 'Split Otherwise…', description: 'other shares, another seed' },
    ],
    now,
  );
  if (what === undefined || what === 'back') return what;
  if (what === 'none') return { ...answers, split: undefined };
  if (what === 'usual') return { ...answers, split: { shares: parseShares(usual) ?? [], seed: 1 } };
  const { split } = answers;
  const written = await writeLine(
    place,
    'Shares of train, dev and test, and the seed of the draw.',
    split === undefined ? `${usual} seed 1` : `${split.shares.join(',')} seed ${String(split.seed)}`,
    (text) => (readSplit(text) === undefined ? 'Write three shares and a seed, such as 80,10,10 seed 1.' : undefined),
  );
  if (written === undefined) return undefined;
  return written === 'back' ? askSplit(answers, place) : { ...answers, split: readSplit(written.text) };
}

function readSplit(text: string): ExportWish['split'] {
  const [, shares = '', seed = '1'] = /^\s*([\d., /]+?)\s*(?:seed\s*(\d+))?\s*$/i.exec(text) ?? [];
  const [read, drawn] = [parseShares(shares), parseSeed(seed)];
  return read === undefined || drawn === undefined ? undefined : { shares: read, seed: drawn };
}

async function askTarget(answers: ExportAnswers, place: StepPlace): Promise<Answer> {
  const format = formatOf(answers.format);
  if (format === undefined) return undefined;
  const folder = shapeOf(format, answers.split !== undefined) === 'folder';
  const target = await vscode.window.showSaveDialog({
    title: `${place.title} (${String(place.step)}/${String(place.total)}): ${folder ? 'name of the new folder' : 'file'}`,
    saveLabel: 'Export',
    defaultUri: answers.target ?? proposal(answers, format, folder),
    ...(folder ? {} : { filters: { [format.title]: [...format.extensions] } }),
  });
  return target === undefined ? 'back' : { ...answers, target };
}

/** A name beside the first document that is not the document’s own. */
function proposal({ documents, format }: ExportAnswers, { extensions }: Format, folder: boolean): vscode.Uri {
  const [first] = documents;
  const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  const path = first?.path ?? '/corpus';
  const base = documents.length === 1 ? path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '') : 'corpus';
  const name = folder ? `${base}-${format}` : `${base}.export.${extensions[0] ?? format}`;
  return first === undefined || first.scheme === 'untitled' || documents.length > 1
    ? vscode.Uri.joinPath(root, name)
    : vscode.Uri.joinPath(first, '..', name);
}

function countText(sessions: readonly Session[]): string {
  const all = sessions.flatMap(({ sentences }) => sentences);
  const gold = all.filter((sentence) => sentence.gold !== null).length;
  const documents = sessions.length === 1 ? '' : `${String(sessions.length)} documents, `;
  return `${documents}${String(all.length)} sentences, ${String(gold)} complete${inProgressText(all)}`;
}
