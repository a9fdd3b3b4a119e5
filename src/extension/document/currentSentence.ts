import * as vscode from 'vscode';
import type { Scheme } from '../../core/scheme.ts';
import { followSessions } from './followSessions.ts';
import { disagreeingTokens, layersOf } from './layers.ts';
import type { Session, SessionChange, SessionList, SessionSentence } from './session.ts';
import { largest, smallest } from '../../core/lists.ts';

/** Where a walk through the sentences can go. */
export type Move =
  | 'next'
  | 'previous'
  | 'nextDisagreement'
  | 'previousDisagreement'
  | 'nextWithSpan'
  | 'previousWithSpan'
  | 'nextUndecided';

interface Place {
  readonly index: number;
  readonly sentence: SessionSentence | undefined;
}

/** The sentence that the user is at, one a session: the editor's cursor and the panel both set it and both follow it. */
export class CurrentSentence implements vscode.Disposable {
  readonly #places = new WeakMap<Session, Place>();
  readonly #subscriptions: { dispose(): unknown }[] = [];
  readonly #changed = new vscode.EventEmitter<Session>();
  readonly onDidChange = this.#changed.event;

  constructor({ sessions }: { readonly sessions: SessionList }) {
    this.#subscriptions.push(
      this.#changed,
      followSessions(sessions, {
        opened: (session) => {
          const editor = editorOf(session);
          if (editor !== undefined) this.#follow(session, editor);
        },
        changed: (session, change) => {
          this.#relocate(session, change);
        },
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        const session = sessions.get(textEditor.document.uri);
        if (session !== undefined) this.#follow(session, textEditor);
      }),
    );
  }

  /** The index of the current sentence; undefined only where the session has no sentences. */
  of(session: Session): number | undefined {
    const last = session.sentences.length - 1;
    if (last < 0) return undefined;
    return Math.min(this.#places.get(session)?.index ?? 0, last);
  }

  /** Makes a sentence current and brings its document's cursor to it, to `token` where one is given; focus stays where it is. */
  select(session: Session, index: number, token = 0): void {
    const sentence = session.sentences[index];
    if (sentence === undefined) return;
    this.#set(session, index);
    const editor = editorOf(session);
    if (editor === undefined || sentence.tokens.length === 0) return;
    const inside = session.at(editor.selection.active)?.sentence === index;
    if (inside && token === 0) return;
    const { start } = session.rangeOf(index, token, token + 1);
    editor.selection = new vscode.Selection(start, start);
    const whole = session.rangeOf(index, 0, sentence.tokens.length);
    editor.revealRange(whole, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Goes to another sentence; false where there is none in that direction. */
  move(session: Session, to: Move): boolean {
    const index = this.of(session);
    if (index === undefined) return false;
    const step = to.startsWith('next') ? 1 : -1;
    for (let next = index + step; next >= 0 && next < session.sentences.length; next += step) {
      const sentence = session.sentences[next];
      if (sentence === undefined) continue;
      const token = landing(sentence, session.scheme, to);
      if (token === undefined) continue;
      this.select(session, next, token);
      return true;
    }
    return false;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #follow(session: Session, editor: vscode.TextEditor): void {
    const place = session.at(editor.selection.active);
    if (place !== undefined) this.#set(session, place.sentence);
  }

  #relocate(session: Session, change: SessionChange): void {
    const place = this.#places.get(session);
    if (change.kind === 'status' || place === undefined) return;
    const same = session.sentences[place.index] === place.sentence;
    const found = same || place.sentence === undefined ? -1 : session.sentences.indexOf(place.sentence);
    this.#set(session, found >= 0 ? found : Math.min(place.index, Math.max(0, session.sentences.length - 1)));
  }

  #set(session: Session, index: number): void {
    const moved = this.#places.get(session)?.index !== index;
    this.#places.set(session, { index, sentence: session.sentences[index] });
    if (moved) this.#changed.fire(session);
  }
}

/** The token to go to in a sentence; undefined where the walk passes it by. */
function landing(sentence: SessionSentence, scheme: Scheme, to: Move): number | undefined {
  switch (to) {
    case 'next':
    case 'previous':
      return 0;
    case 'nextUndecided':
      return sentence.partial?.undecided[0];
    case 'nextDisagreement':
    case 'previousDisagreement':
      return disagreeingTokens(sentence, scheme)[0];
    case 'nextWithSpan':
    case 'previousWithSpan': {
      const starts = [...layersOf(sentence, scheme).values()].flat().map(({ first }) => first);
      if (starts.length === 0) return undefined;
      return to === 'nextWithSpan' ? smallest(starts) : largest(starts);
    }
  }
}

/** The editor that shows a session's document: the active one, else the first visible one. */
export function editorOf(session: Session): vscode.TextEditor | undefined {
  const shows = (editor: vscode.TextEditor): boolean =>
    editor.document.uri.toString() === session.document.uri.toString();
  const active = vscode.window.activeTextEditor;
  if (active !== undefined && shows(active)) return active;
  return vscode.window.visibleTextEditors.find(shows);
}
