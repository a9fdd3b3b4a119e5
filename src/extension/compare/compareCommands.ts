import * as vscode from 'vscode';
import { annotatorPairs, curatedText, mainAnnotator, matchAnnotators } from '../../core/annotatorComparison.ts';
import type { AnnotatorNames } from '../../core/annotatorComparison.ts';
import type { ColumnDocument } from '../../core/columns/document.ts';
import { COLUMN_ENDINGS, anywhere } from '../../core/columns/columnFiles.ts';
import { parsingLines } from '../../core/columns/columns.ts';
import { eolOf, splitLines } from '../../core/lines.ts';
import { gitVersion } from '../../node/gitVersion.ts';
import { ColumnSession } from '../document/columnSession.ts';
import { report } from '../decisions/tell.ts';
import { exists, nameOf } from '../base/files.ts';
import { finishInSlices } from '../base/slices.ts';
import type { WithServices } from '../prediction/services.ts';
import { conflictOf } from './annotatorsView.ts';
import type { AnnotatorsView } from './annotatorsView.ts';
import { Comparison } from './comparison.ts';
import type { Conflict, Verdict } from './comparison.ts';

const TITLE = 'Compare Annotators';

/** The second annotation: another file, or the first one as a revision of git has it. */
type Other = { readonly file: vscode.Uri } | { readonly revision: string };

interface Wish {
  readonly a: vscode.Uri;
  readonly b: Other;
  readonly target: vscode.Uri;
}

/** What the comparison of annotators works on. */
export interface Comparing extends WithServices {
  readonly annotators: AnnotatorsView;
}

/** Compares two annotations of the same sentences and opens the file in which they become one. */
export async function compareAnnotators({ services, annotators }: Comparing, argument: unknown): Promise<void> {
  const active = services.sessions.active;
  const wish = wishOf(argument) ?? (await ask(active?.kind === 'columns' ? active.document.uri : undefined));
  if (wish === undefined) return;
  const { a: first, b: other, target } = wish;
  const a = await parse(await textOf(first));
  const b = await parse('file' in other ? await textOf(other.file) : await versionOf(first, other.revision));
  const names = namesOf(a, b, first, other);
  const match = matchAnnotators(a, b);
  if (match.pairs.length === 0)
    throw new Error(
      `${nameOf(first)} and ${names.b} have no sentence in common. Choose two annotations of the same text: sentences are matched by "# sent_id", else by their text.`,
    );
  if (!(await exists(target))) {
    const text = curatedText(annotatorPairs(a, b, match), names, a.eol);
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  }
  const document = await vscode.workspace.openTextDocument(target);
  const session = await services.sessions.ensure(document);
  if (!(session instanceof ColumnSession)) throw new Error(`${nameOf(target)} is no column file.`);
  annotators.show(new Comparison(a, b, names, session));
  await vscode.window.showTextDocument(document, { preview: false });
  await vscode.commands.executeCommand('entityLensAnnotators.focus');
  await nextConflict({ annotators }, undefined);
}

/** Decides the conflict that the tree names, or the one at the cursor, and goes on to the next. */
export async function decideConflict(comparing: Comparing, verdict: Verdict, argument: unknown): Promise<void> {
  const comparison = comparing.annotators.comparison;
  const conflict = conflictOf(argument) ?? atCursor(comparing);
  if (comparison === undefined || conflict === undefined) {
    void vscode.window.showInformationMessage(
      'There is no conflict of annotators here. Choose one in the view Annotators.',
    );
    return;
  }
  const outcome = await comparison.decide(conflict, verdict);
  report(outcome);
  if (!outcome.ok) return;
  if (verdict === 'other') await goTo(comparison, conflict);
  else await nextConflict(comparing, conflict);
}

/** Goes to the next undecided conflict after the one at the cursor, or to the first. */
export async function nextConflict({ annotators }: Pick<Comparing, 'annotators'>, after: unknown): Promise<void> {
  const comparison = annotators.comparison;
  if (comparison === undefined) return;
  const from = (after as Conflict | undefined)?.index ?? sentenceAtCursor(comparison) ?? -1;
  const open = comparison.conflicts().filter(({ decided, index }) => !decided && index !== undefined);
  const next = open.find(({ index }) => (index ?? 0) > from) ?? open[0];
  if (next !== undefined) await goTo(comparison, next);
  else vscode.window.setStatusBarMessage('Every conflict of the annotators is decided.', 4000);
}

/** Brings the conflict that the tree names before the user. */
export async function goToConflict({ annotators }: Comparing, argument: unknown): Promise<void> {
  const conflict = conflictOf(argument);
  if (conflict !== undefined && annotators.comparison !== undefined) await goTo(annotators.comparison, conflict);
}

async function goTo({ session }: Comparison, { index }: Conflict): Promise<void> {
  if (index === undefined) return;
  const editor = await vscode.window.showTextDocument(session.document, { preview: false });
  const { start } = session.rangeOf(index, 0, 1);
  editor.selection = new vscode.Selection(start, start);
  editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function sentenceAtCursor({ session }: Comparison): number | undefined {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document === session.document);
  return editor === undefined ? undefined : session.at(editor.selection.active)?.sentence;
}

function atCursor({ annotators }: Comparing): Conflict | undefined {
  const { comparison } = annotators;
  const sentence = comparison === undefined ? undefined : sentenceAtCursor(comparison);
  return comparison?.conflicts().find(({ index }) => index !== undefined && index === sentence);
}

async function ask(active: vscode.Uri | undefined): Promise<Wish | undefined> {
  const a = active ?? (await chooseFile('the first annotation', undefined));
  if (a === undefined) return undefined;
  const b = await chooseOther(a);
  if (b === undefined) return undefined;
  const target = await chooseTarget(a);
  return target && { a, b, target };
}

async function chooseFile(what: string, except: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const files = (await vscode.workspace.findFiles(anywhere(COLUMN_ENDINGS))).filter((uri) => uri.path !== except?.path);
  const items = files.map((uri) => ({ label: nameOf(uri), description: vscode.workspace.asRelativePath(uri), uri }));
  const chosen = await vscode.window.showQuickPick(items, { title: TITLE, placeHolder: `Choose ${what}` });
  return chosen?.uri;
}

async function chooseOther(a: vscode.Uri): Promise<Other | undefined> {
  const file = { label: '$(file) Another File…' };
  const git = { label: '$(git-commit) A Version of This File from Git…' };
  const placeHolder = `Compare ${nameOf(a)} with`;
  const chosen = await vscode.window.showQuickPick([file, git], { title: TITLE, placeHolder });
  if (chosen === undefined) return undefined;
  if (chosen === file) {
    const other = await chooseFile('the second annotation', a);
    return other && { file: other };
  }
  const prompt = 'A revision of git, such as HEAD, HEAD~3, a branch or a commit.';
  const revision = await vscode.window.showInputBox({ title: TITLE, prompt, value: 'HEAD' });
  return revision === undefined || revision.trim() === '' ? undefined : { revision: revision.trim() };
}

/** Beside the first file; what was curated before is gone on with. */
async function chooseTarget(a: vscode.Uri): Promise<vscode.Uri | undefined> {
  const named = (suffix: string): vscode.Uri => a.with({ path: `${a.path.replace(/\.[^./]+$/, '')}.${suffix}.iob2` });
  if (!(await exists(named('curated')))) return named('curated');
  let number = 2;
  while (await exists(named(`curated-${String(number)}`))) number++;
  const again = named(`curated-${String(number)}`);
  const items = [
    { label: `Go on with ${nameOf(named('curated'))}`, uri: named('curated') },
    { label: `Begin again in ${nameOf(again)}`, uri: again },
  ];
  return (await vscode.window.showQuickPick(items, { title: TITLE }))?.uri;
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

/** A file as a revision of git has it; throws where there is none. A repository can name commands, so that an untrusted one is left alone. */
async function versionOf(uri: vscode.Uri, revision: string): Promise<string> {
  if (uri.scheme !== 'file') throw new Error(`${nameOf(uri)} is no local file, so that git has no version of it.`);
  if (!vscode.workspace.isTrusted)
    throw new Error(
      `git is not run in a folder that is not trusted. Trust the workspace (Workspaces: Manage Workspace Trust) or choose another file in place of a version.`,
    );
  return gitVersion(uri.fsPath, revision);
}

function parse(text: string): Promise<ColumnDocument> {
  const lines = splitLines(text);
  return finishInSlices(parsingLines(lines.length, (line) => lines[line] ?? '', eolOf(text)));
}

/** The annotators by their own names, or by their files where these do not tell them apart. */
function namesOf(a: ColumnDocument, b: ColumnDocument, first: vscode.Uri, other: Other): AnnotatorNames {
  const [ofA, ofB] = [mainAnnotator(a), mainAnnotator(b)];
  if (ofA !== undefined && ofB !== undefined && ofA !== ofB) return { a: ofA, b: ofB };
  const plain = (uri: vscode.Uri): string => nameOf(uri).replace(/\.[^.]+$/, '');
  return { a: plain(first), b: 'file' in other ? plain(other.file) : other.revision };
}

/** What a command's argument asks for: `a`, `b` or `revision`, and `target`, as addresses. */
function wishOf(argument: unknown): Wish | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { a, b, revision, target } = argument as Readonly<Record<string, unknown>>;
  if (typeof a !== 'string' || typeof target !== 'string') return undefined;
  const other =
    typeof b === 'string' ? { file: vscode.Uri.parse(b) } : typeof revision === 'string' ? { revision } : undefined;
  return other && { a: vscode.Uri.parse(a), b: other, target: vscode.Uri.parse(target) };
}
