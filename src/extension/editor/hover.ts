import * as vscode from 'vscode';
import { decidedSpans } from '../../core/decisions.ts';
import { hoverExtent, hoverRows, hoverTable } from './hoverText.ts';
import type { Services } from '../prediction/services.ts';
import type { Session } from '../document/session.ts';
import type { CommandPlace } from '../decisions/targets.ts';
import { MODEL_SOURCES, SOURCE_NAMES } from '../../core/span.ts';

/** The commands that a hover may start; no text of a document can add to them. */
const hoverCommands = [
  'entityLens.acceptBert',
  'entityLens.acceptT5',
  'entityLens.removeLabel',
  'entityLens.openPanel',
] as const;

const acceptCommands = { bert: 'entityLens.acceptBert', t5: 'entityLens.acceptT5' } as const;

/** Shows over a span what each source says of it, and what can be done. */
export class SpanHover implements vscode.HoverProvider {
  readonly #services: Pick<Services, 'sessions'>;

  constructor(services: Pick<Services, 'sessions'>) {
    this.#services = services;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const session = this.#services.sessions.get(document.uri);
    if (session?.document !== document) return undefined;
    const at = session.at(position);
    const sentence = at === undefined ? undefined : session.sentences[at.sentence];
    if (at?.token === undefined || sentence === undefined) return undefined;
    const rows = hoverRows(sentence, at.token, session.scheme);
    const extent = hoverExtent(rows);
    if (extent === undefined) return undefined;
    const text = new vscode.MarkdownString(hoverTable(sentence, rows));
    text.isTrusted = { enabledCommands: hoverCommands };
    text.appendMarkdown(`\n\n${links(session, at.sentence, position).join(' · ')}`);
    const range =
      session.kind === 'prose'
        ? session.rangeOf(at.sentence, extent.first, extent.end)
        : session.rangeOf(at.sentence, at.token, at.token + 1);
    return new vscode.Hover(text, range);
  }
}

function links(session: Session, index: number, { line, character }: vscode.Position): readonly string[] {
  const place: CommandPlace = { uri: session.document.uri.toString(), line, character };
  const link = (name: string, command: (typeof hoverCommands)[number], title: string): string =>
    `[${name}](command:${command}?${encodeURIComponent(JSON.stringify([place]))} "${title}")`;
  const sentence = session.sentences[index];
  const accept = MODEL_SOURCES.filter((source) => sentence?.predictions[source] !== undefined).map((source) => {
    const name = SOURCE_NAMES[source];
    return link(`Accept ${name}`, acceptCommands[source], `Make ${name}'s spans the gold of this sentence`);
  });
  const token = session.at(new vscode.Position(line, character))?.token;
  const labelled = decidedSpans(sentence ?? { gold: null }).some(
    (span) => token !== undefined && span.first <= token && token < span.end,
  );
  const remove = labelled ? [link('Remove', 'entityLens.removeLabel', 'Remove the gold span')] : [];
  return [...accept, ...remove, link('Open in Panel', 'entityLens.openPanel', 'Show this sentence in the panel')];
}
