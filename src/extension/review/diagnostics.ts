import * as vscode from 'vscode';
import { REVIEW_REASONS } from '../../core/queue.ts';
import type { ReviewItem } from '../../core/queue.ts';
import { whyReview } from '../../core/reviewWords.ts';
import { affects, readDiagnostics } from '../settings/settings.ts';
import { followSessions } from '../document/followSessions.ts';
import type { Session, SessionList } from '../document/session.ts';
import type { CommandPlace } from '../decisions/targets.ts';
import type { IgnoreTarget, LabelTarget } from './placeCommands.ts';
import type { ReviewQueue } from './reviewQueue.ts';
import { MODEL_SOURCES, SOURCE_NAMES } from '../../core/span.ts';

/** Hints shown for one document; the review queue has them all. */
const MOST_HINTS = 1000;
const DELAY_MS = 300;
/** The same while the models bring one answer after the other. */
const BUSY_DELAY_MS = 1500;
const SOURCE = 'Entity Lens';

/** The places of the queue in the Problems view, as far as the setting wants them. */
export class ReviewDiagnostics implements vscode.Disposable {
  readonly #queue: ReviewQueue;
  readonly #hints = vscode.languages.createDiagnosticCollection('entityLensReview');
  readonly #followed = new Set<Session>();
  readonly #timers = new Map<Session, NodeJS.Timeout>();
  readonly #subscriptions: readonly { dispose(): unknown }[];

  constructor(sessions: SessionList, queue: ReviewQueue) {
    this.#queue = queue;
    this.#subscriptions = [
      this.#hints,
      followSessions(sessions, {
        opened: (session) => {
          this.#followed.add(session);
          this.#schedule(session);
        },
        changed: (session, { kind }) => {
          if (kind !== 'status') this.#schedule(session);
        },
        closed: (session) => {
          this.#forget(session);
        },
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affects(event, 'diagnostics')) for (const session of this.#followed) void this.#publish(session);
      }),
    ];
  }

  dispose(): void {
    for (const session of [...this.#followed]) this.#forget(session);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #schedule(session: Session): void {
    if (this.#timers.has(session)) return;
    const publish = (): void => {
      this.#timers.delete(session);
      void this.#publish(session);
    };
    this.#timers.set(session, setTimeout(publish, session.busy === undefined ? DELAY_MS : BUSY_DELAY_MS));
  }

  #forget(session: Session): void {
    clearTimeout(this.#timers.get(session));
    this.#timers.delete(session);
    this.#followed.delete(session);
    this.#hints.delete(session.document.uri);
  }

  async #publish(session: Session): Promise<void> {
    const { uri } = session.document;
    if (readDiagnostics(uri) !== 'off') await this.#queue.prepare(session);
    if (!this.#followed.has(session)) return;
    const wanted = readDiagnostics(uri);
    if (wanted === 'off') {
      if (this.#hints.has(uri)) this.#hints.delete(uri);
      return;
    }
    const items = this.#queue.items(session).filter(({ reason }) => {
      // What is illegal in a file is a problem under any setting and listed as such.
      if (reason === 'illegal') return false;
      return wanted === 'all' || reason === 'modelsDisagree' || reason === 'modelsAgainstGold';
    });
    this.#hints.set(
      uri,
      items.slice(0, MOST_HINTS).map((item) => hint(session, item)),
    );
  }
}

function hint(session: Session, item: ReviewItem): vscode.Diagnostic {
  const range = session.rangeOf(item.sentence, item.first, item.end);
  const sentence = session.sentences[item.sentence];
  const words = sentence?.tokens.slice(item.first, item.end).map(({ form }) => form);
  const message = `“${words?.join(' ') ?? ''}”: ${whyReview(item)}`;
  const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Information);
  diagnostic.source = SOURCE;
  diagnostic.code = item.reason;
  return diagnostic;
}

/** Quick fixes of the hints: a model's answer for the sentence, a label for the place, or no hint there any more. */
export class ReviewActions implements vscode.CodeActionProvider {
  readonly #sessions: SessionList;

  constructor(sessions: SessionList) {
    this.#sessions = sessions;
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const session = this.#sessions.get(document.uri);
    if (session === undefined) return [];
    return diagnostics.flatMap((diagnostic) => {
      const reason = REVIEW_REASONS.find((one) => one === diagnostic.code);
      if (diagnostic.source !== SOURCE || reason === undefined) return [];
      return fixes(session, diagnostic, reason);
    });
  }
}

function fixes(session: Session, diagnostic: vscode.Diagnostic, reason: ReviewItem['reason']): vscode.CodeAction[] {
  const { start, end } = diagnostic.range;
  const from = session.at(start);
  // The end of a token may be where the next one begins.
  const to = session.at(session.kind === 'prose' ? end.translate(0, end.character > 0 ? -1 : 0) : end);
  const sentence = from && session.sentences[from.sentence];
  if (from?.token === undefined || to?.token === undefined || sentence === undefined || to.sentence !== from.sentence)
    return [];
  const { line, character } = start;
  const place: CommandPlace = { uri: session.document.uri.toString(), line, character };
  const tokens = { first: from.token, end: to.token + 1 };
  const action = (title: string, command: string, argument: CommandPlace): vscode.CodeAction => {
    const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    made.command = { command: `entityLens.${command}`, title, arguments: [argument] };
    made.diagnostics = [diagnostic];
    return made;
  };
  const words = sentence.tokens.slice(tokens.first, tokens.end).map(({ form }) => form);
  const label = (name: string): LabelTarget => ({ ...place, ...tokens, label: name });
  const ignored: IgnoreTarget = { ...place, ...tokens, reason };
  return [
    ...MODEL_SOURCES.filter((source) => sentence.predictions[source] !== undefined).map((source) =>
      action(`Accept ${SOURCE_NAMES[source]} for the sentence`, source === 'bert' ? 'acceptBert' : 'acceptT5', place),
    ),
    ...session.labels.map((name) => action(`Label “${words.join(' ')}” as ${name}`, 'labelPlace', label(name))),
    action('Ignore here (kept in the gold file)', 'ignorePlace', ignored),
  ];
}
