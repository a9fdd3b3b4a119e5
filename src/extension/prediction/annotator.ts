import * as vscode from 'vscode';
import type { Prediction } from '../../core/prediction.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { ModelSource } from '../../core/span.ts';
import { AnnotationJob } from './annotationJob.ts';
import type { Asked, JobHost, Results } from './annotationJob.ts';
import { readSettings } from '../settings/settings.ts';
import { settle } from '../base/log.ts';
import type { ModelHost } from './modelHost.ts';
import { sameWords } from '../document/sessionSentence.ts';
import type { Annotating } from './services.ts';
import { followSessions } from '../document/followSessions.ts';
import type { Session, SessionChange } from '../document/session.ts';
import type { Sessions } from '../document/sessions.ts';
import type { SwitchedOn } from './switchedOn.ts';
import { MODEL_SOURCES } from '../../core/span.ts';

/** Scrolling sends many events: the sentences that come into view are asked about when it rests this long. */
const SCROLL_DELAY_MS = 80;

/** What the annotator knows of one session. */
interface Track {
  readonly session: Session;
  /** Whether sentences that change are annotated again. */
  live: boolean;
  job: AnnotationJob | undefined;
  /** Whether sentences changed that the job under way may not have looked at. */
  again: boolean;
  scheme: Scheme;
  typing: { readonly timer: NodeJS.Timeout; readonly over: Promise<void>; readonly end: () => void } | undefined;
}

/** Runs both models over sessions: on command, or by itself for documents that the user switched on. */
export class Annotator implements Annotating, vscode.Disposable {
  readonly #switchedOn: SwitchedOn;
  readonly #log: vscode.LogOutputChannel;
  readonly #tracks = new Map<Session, Track>();
  readonly #subscriptions: readonly { dispose(): unknown }[];
  readonly #host: JobHost;
  /** True while predictions are being stored: the change that this fires is not the user's. */
  #applying = false;
  #scrolling: NodeJS.Timeout | undefined;

  constructor(sessions: Sessions, models: ModelHost, switchedOn: SwitchedOn, log: vscode.LogOutputChannel) {
    this.#switchedOn = switchedOn;
    this.#log = log;
    this.#host = {
      models,
      visible: visibleSentences,
      settled: (session) => this.#tracks.get(session)?.typing?.over ?? Promise.resolve(),
      apply: (session, source, asked, results) => {
        this.#apply(session, source, asked, results);
      },
    };
    this.#subscriptions = [
      followSessions(sessions, {
        opened: (session) => {
          this.#follow(session);
        },
        changed: (session, change) => {
          const track = this.#tracks.get(session);
          if (track !== undefined) this.#changed(track, change);
        },
        closed: (session) => {
          this.#forget(session);
        },
      }),
      models.onDidReplace(() => {
        for (const track of this.#tracks.values()) this.#restart(track);
      }),
      vscode.window.onDidChangeTextEditorVisibleRanges(() => {
        clearTimeout(this.#scrolling);
        this.#scrolling = setTimeout(() => {
          for (const { job } of this.#tracks.values()) job?.hurry();
        }, SCROLL_DELAY_MS);
      }),
    ];
  }

  annotate(session: Session): Promise<void> {
    const track = this.#tracks.get(session);
    if (track === undefined) return Promise.resolve();
    track.live = true;
    return this.#work(track);
  }

  cancel(session: Session): void {
    const track = this.#tracks.get(session);
    if (track === undefined) return;
    track.live = false;
    this.#stop(track);
  }

  isOn(session: Session): boolean {
    return this.#switchedOn.has(session.document.uri);
  }

  async switchOn(session: Session): Promise<void> {
    await this.#switchedOn.set(session.document.uri, true);
    settle(this.#log, 'Annotating', this.annotate(session));
  }

  async switchOff(session: Session): Promise<void> {
    this.cancel(session);
    await this.#switchedOn.set(session.document.uri, false);
  }

  dispose(): void {
    clearTimeout(this.#scrolling);
    for (const session of [...this.#tracks.keys()]) this.#forget(session);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #follow(session: Session): void {
    const track: Track = {
      session,
      live: false,
      job: undefined,
      again: false,
      scheme: session.scheme,
      typing: undefined,
    };
    this.#tracks.set(session, track);
    const { onOpen } = readSettings(session.document.uri);
    const wanted = onOpen === 'always' || (onOpen === 'switchedOn' && this.isOn(session));
    if (wanted) settle(this.#log, 'Annotating', this.annotate(session));
  }

  #forget(session: Session): void {
    const track = this.#tracks.get(session);
    if (track === undefined) return;
    this.#tracks.delete(session);
    track.live = false;
    track.job?.cancel();
    endTyping(track);
  }

  /** Starts a job, or joins the one under way. */
  #work(track: Track): Promise<void> {
    if (track.job !== undefined) return track.job.done;
    const job = new AnnotationJob(track.session, this.#host);
    track.job = job;
    track.again = false;
    return job.done.then(() => {
      if (track.job !== job) return undefined;
      track.job = undefined;
      if (track.again && track.live) return this.#work(track);
      track.session.setBusy(undefined);
      return undefined;
    });
  }

  /** Predictions are void: those of a document that is being annotated are made anew. */
  #restart(track: Track): void {
    this.#stop(track);
    track.session.clearPredictions();
  }

  #stop(track: Track): void {
    track.job?.cancel();
    track.job = undefined;
    track.session.setBusy(undefined);
  }

  #changed(track: Track, change: SessionChange): void {
    if (this.#applying || !track.live || change.kind === 'status') return;
    const { sentences, scheme } = track.session;
    if (scheme !== track.scheme) {
      track.scheme = scheme;
      this.#stop(track);
      settle(this.#log, 'Annotating', this.#work(track));
      return;
    }
    const complete =
      change.kind === 'sentences' &&
      change.indices.every((index) =>
        MODEL_SOURCES.every((source) => sentences[index]?.predictions[source] !== undefined),
      );
    if (!complete) this.#typed(track);
  }

  /** Waits until typing rests, then annotates what has no prediction. */
  #typed(track: Track): void {
    clearTimeout(track.typing?.timer);
    const timer = setTimeout(() => {
      endTyping(track);
      if (track.job !== undefined) track.again = true;
      else if (track.live) settle(this.#log, 'Annotating', this.#work(track));
    }, readSettings(track.session.document.uri).debounce);
    if (track.typing !== undefined) {
      track.typing = { ...track.typing, timer };
      return;
    }
    let end = (): void => undefined;
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    track.typing = { timer, over, end };
  }

  #apply(session: Session, source: ModelSource, asked: readonly Asked[], results: Results): void {
    const fitting = new Map<number, Prediction>();
    for (const [place, prediction] of results) {
      const target = asked[place];
      const now = target === undefined ? undefined : session.sentences[target.index];
      if (target !== undefined && now !== undefined && sameWords(now.tokens, target.sentence.tokens))
        fitting.set(target.index, prediction);
    }
    this.#applying = true;
    try {
      session.setPredictions(source, fitting);
    } finally {
      this.#applying = false;
    }
  }
}

function endTyping(track: Track): void {
  clearTimeout(track.typing?.timer);
  track.typing?.end();
  track.typing = undefined;
}

/** The sentences of a session that an editor shows, the active editor's first. */
function visibleSentences(session: Session): readonly number[] {
  const key = session.document.uri.toString();
  const editors = vscode.window.visibleTextEditors
    .filter(({ document }) => document.uri.toString() === key)
    .sort((a, b) => Number(b === vscode.window.activeTextEditor) - Number(a === vscode.window.activeTextEditor));
  const found = new Set<number>();
  for (const editor of editors)
    for (const range of editor.visibleRanges) {
      const [first, end] = session.sentencesIn(range);
      for (let index = first; index < end; index++) found.add(index);
    }
  return [...found];
}
