import * as vscode from 'vscode';
import { chosenLayout, previewColumns } from '../../core/columns/columnChoice.ts';
import type { PredictionsUse } from '../../core/formats/format.ts';
import { formats } from '../../core/formats/registry.ts';
import { asksColumns, asksPredictions } from './importFiles.ts';
import type { Candidate } from './importFiles.ts';
import { chooseOne } from '../base/wizard.ts';
import type { Choice, Step, StepPlace } from '../base/wizard.ts';

/** The answers so far. */
export interface ImportAnswers {
  readonly candidates: readonly Candidate[];
  /** The folder of the copies; undefined for beside each file. */
  readonly folder: vscode.Uri | undefined;
  /** True where the files have no place of their own, as when they were dropped from another program. */
  readonly detached: boolean;
  readonly existing: 'replace' | 'keep';
}

const LINES_SHOWN = 5;
const LINE_LENGTH = 120;

/** The questions of an import. Files that look alike are asked about once. */
export function importSteps(taken: Taken): readonly Step<ImportAnswers>[] {
  return [
    { applies: ({ candidates }) => candidates.some(({ sure }) => !sure), ask: askFormat },
    { applies: ({ candidates }) => candidates.some(asksColumns), ask: askColumns },
    { applies: ({ candidates }) => candidates.some(asksPredictions), ask: askPredictions },
    { ask: (answers, place) => askFolder(answers, place, taken) },
  ];
}

/** The names of the copies that are there already. */
type Taken = (answers: ImportAnswers) => Promise<readonly string[]>;

type Answer = Promise<ImportAnswers | 'back' | undefined>;

function ending({ name }: Candidate): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}

function firstLines({ head }: Candidate): readonly Choice<never>[] {
  const lines = head.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  return [
    { label: 'first lines of the file', kind: vscode.QuickPickItemKind.Separator },
    ...lines.slice(0, LINES_SHOWN).map((line) => ({ label: line.slice(0, LINE_LENGTH), alwaysShow: true })),
  ];
}

async function askFormat(answers: ImportAnswers, place: StepPlace): Answer {
  const asked = answers.candidates.find(({ sure }) => !sure);
  if (asked === undefined) return answers;
  const format = await chooseOne(
    place,
    `${asked.name}: which format is it?`,
    [
      ...formats
        .filter((one) => one.read !== undefined)
        .map((one) => ({
          value: one,
          label: one.title,
          description: one.extensions.map((name) => `.${name}`).join(' '),
        })),
      ...firstLines(asked),
    ],
    asked.format,
  );
  if (format === undefined || format === 'back') return format;
  const candidates = answers.candidates.map((one) =>
    !one.sure && ending(one) === ending(asked) ? { ...one, format, sure: true } : one,
  );
  return candidates.some(({ sure }) => !sure)
    ? askFormat({ ...answers, candidates }, place)
    : { ...answers, candidates };
}

async function askColumns(answers: ImportAnswers, place: StepPlace): Answer {
  const asked = answers.candidates.find(asksColumns);
  if (asked === undefined) return answers;
  const preview = previewColumns(asked.head);
  const column = async (what: string, active: number, without?: number): Promise<number | 'back' | undefined> =>
    chooseOne(
      place,
      `${asked.name}: which column holds ${what}?`,
      [
        ...preview.columns
          .filter(({ index }) => index !== without)
          .map(({ index, samples }) => ({
            value: index,
            label: `Column ${String(index + 1)}`,
            description: samples.join('   '),
          })),
        ...firstLines(asked),
      ],
      active,
    );
  // A column of tags is hardly that of words.
  const { form: found } = preview.layout;
  const wordless = (preview.columns[found]?.tagShare ?? 0) > 0.5;
  const likeliest = wordless ? preview.columns.find(({ tagShare }) => tagShare < 0.5)?.index : undefined;
  const form = await column('the word', likeliest ?? found);
  if (form === undefined || form === 'back') return form;
  const tag = await column('the tag', preview.layout.tag, form);
  if (tag === undefined) return undefined;
  if (tag === 'back') return askColumns(answers, place);
  const layout = chosenLayout(preview, form, tag);
  const candidates = answers.candidates.map((one) =>
    asksColumns(one) && previewColumns(one.head).layout.columns === layout.columns ? { ...one, layout } : one,
  );
  return candidates.some(asksColumns) ? askColumns({ ...answers, candidates }, place) : { ...answers, candidates };
}

async function askPredictions(answers: ImportAnswers, place: StepPlace): Answer {
  const use = await chooseOne<PredictionsUse>(place, 'The tasks have predictions of a model. What becomes of them?', [
    { value: 'notes', label: 'Keep as Notes', description: '# predicted = …; they are no gold' },
    { value: 'gold', label: 'Take as Gold Where Nobody Annotated', description: 'in the name of their model' },
    { value: 'none', label: 'Leave Out' },
  ]);
  if (use === undefined || use === 'back') return use;
  return { ...answers, candidates: answers.candidates.map((one) => ({ ...one, predictions: use })) };
}

async function askFolder(answers: ImportAnswers, place: StepPlace, taken: Taken): Answer {
  const { candidates, detached } = answers;
  const counted = candidates.length === 1 ? (candidates[0]?.name ?? '') : `${String(candidates.length)} files`;
  const what = candidates.length === 1 ? 'does the IOB2 copy' : 'do the IOB2 copies';
  const where = await chooseOne(place, `${counted}: where ${what} go? What is imported is not changed.`, [
    ...(detached
      ? []
      : [
          { value: 'beside' as const, label: candidates.length === 1 ? 'Beside the Original' : 'Beside the Originals' },
        ]),
    { value: 'folder' as const, label: 'Choose Folder…' },
    { label: 'what is read', kind: vscode.QuickPickItemKind.Separator },
    ...candidates.slice(0, LINES_SHOWN).map((one) => ({ label: one.name, description: one.format.title })),
  ]);
  if (where === undefined || where === 'back') return where;
  if (where === 'beside') return askExisting({ ...answers, folder: undefined }, place, taken);
  const defaultUri = answers.folder ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    title: `${place.title}: folder of the copies`,
    openLabel: 'Import Here',
    canSelectFiles: false,
    canSelectFolders: true,
    ...(defaultUri === undefined ? {} : { defaultUri }),
  });
  const folder = chosen?.[0];
  return folder === undefined ? askFolder(answers, place, taken) : askExisting({ ...answers, folder }, place, taken);
}

async function askExisting(answers: ImportAnswers, place: StepPlace, taken: Taken): Answer {
  const there = await taken(answers);
  if (there.length === 0) return answers;
  const existing = await chooseOne(
    place,
    `${there.length === 1 ? `${there[0] ?? ''} is` : `${String(there.length)} files are`} there already.`,
    [
      { value: 'keep' as const, label: 'Keep Both', description: 'the copy gets a number' },
      { value: 'replace' as const, label: 'Replace' },
      ...there.slice(0, LINES_SHOWN).map((name) => ({ label: name, alwaysShow: true })),
    ],
  );
  if (existing === 'back') return askFolder(answers, place, taken);
  return existing === undefined ? undefined : { ...answers, existing };
}
