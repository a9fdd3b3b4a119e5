import assert from 'node:assert/strict';
import { Channel } from '../../../src/protocol/channel.ts';
import type { Port } from '../../../src/protocol/channel.ts';
import { panelHostContract, panelPageContract } from '../../../src/protocol/panel.ts';
import type { PanelState } from '../../../src/protocol/panel.ts';
import { Corrections } from '../../../webview/panel/corrections.ts';
import type { Outcome } from '../../../webview/panel/corrections.ts';
import { full, merkel } from '../support/states.ts';

interface SetSpan {
  readonly sentence: number;
  readonly revision: number;
  readonly first: number;
  readonly end: number;
  readonly label: string;
}

/** Two ports that are each other's other end. */
function pipe(): [Port, Port] {
  const listeners: [((message: unknown) => void)[], ((message: unknown) => void)[]] = [[], []];
  const end = (mine: 0 | 1, other: 0 | 1): Port => ({
    post: (message) => {
      queueMicrotask(() => {
        for (const listener of listeners[other]) listener(message);
      });
    },
    onMessage: (listener) => {
      listeners[mine].push(listener);
      return { dispose: () => undefined };
    },
  });
  return [end(0, 1), end(1, 0)];
}

function setUp(onSetSpan: (params: SetSpan) => { accepted: boolean; message: string | null }): {
  corrections: Corrections;
  outcomes: Outcome[];
  asked: SetSpan[];
  show: (state: PanelState) => void;
} {
  const [hostEnd, pageEnd] = pipe();
  const asked: SetSpan[] = [];
  const outcomes: Outcome[] = [];
  const refuse = (): Promise<never> => Promise.reject(new Error('not expected here'));
  const ignore = (): void => undefined;
  new Channel(
    hostEnd,
    panelHostContract,
    panelPageContract,
    {
      requests: {
        setSpan: (params) => {
          asked.push(params);
          return Promise.resolve(onSetSpan(params));
        },
        clear: refuse,
        accept: ({ source }) => {
          asked.push({ source } as never);
          return Promise.resolve({ accepted: true, message: null });
        },
        reshape: refuse,
        markReviewed: refuse,
        nextInQueue: refuse,
        setQueueFilter: refuse,
        complete: refuse,
        setEmpty: refuse,
        undo: refuse,
        redo: refuse,
        cases: refuse,
        failureCases: refuse,
        copy: refuse,
      },
      notifications: {
        ready: ignore,
        goToQueued: ignore,
        watchQueue: ignore,
        editNote: ignore,
        focus: ignore,
        selectSentence: ignore,
        move: ignore,
        setScheme: ignore,
        setMatrixLevel: ignore,
        reveal: ignore,
        annotate: ignore,
        cancel: ignore,
        exportCorpus: ignore,
        selectModel: ignore,
        setPolicy: ignore,
        show: ignore,
        chooseTrainingCorpus: ignore,
        predictOtherScheme: ignore,
      },
    },
    (problem) => assert.fail(problem),
  );
  let state: PanelState = full;
  const channel = new Channel(
    pageEnd,
    panelPageContract,
    panelHostContract,
    { requests: {}, notifications: { state: ignore, queue: ignore, select: ignore, run: ignore } },
    (problem) => assert.fail(problem),
  );
  const corrections = new Corrections(
    channel,
    () => state,
    (outcome) => outcomes.push(outcome),
  );
  return {
    corrections,
    outcomes,
    asked,
    show: (next) => {
      state = next;
      corrections.stateChanged();
    },
  };
}

const per = (first: number) => ({ kind: 'setSpan', first, end: first + 1, label: 'PER', next: false }) as const;
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('corrections of fast hands', () => {
  it('carry the revision that the one before has made', async () => {
    const { corrections, asked, outcomes, show } = setUp(() => ({ accepted: true, message: null }));
    corrections.add(per(1), 'one');
    corrections.add(per(4), 'two');
    await settle();
    assert.deepEqual(
      asked.map(({ first, revision }) => [first, revision]),
      [[1, 7]],
    );
    show({ ...full, revision: 8 });
    await settle();
    assert.deepEqual(
      asked.map(({ first, revision }) => [first, revision]),
      [
        [1, 7],
        [4, 8],
      ],
    );
    assert.deepEqual(
      outcomes.map(({ message }) => message),
      ['one', 'two'],
    );
  });

  it('are dropped, and said to be, when the sentence is another one meanwhile', async () => {
    const { corrections, asked, outcomes, show } = setUp(() => ({ accepted: true, message: null }));
    corrections.add(per(1), 'one');
    corrections.add(per(4), 'two');
    await settle();
    show({ ...full, revision: 8, sentence: { ...merkel, tokens: ['Other', ...merkel.tokens.slice(1)] } });
    await settle();
    assert.equal(asked.length, 1);
    assert.deepEqual(
      outcomes.map(({ accepted }) => accepted),
      [true, false],
    );
  });

  it('go on after one that was refused', async () => {
    const { corrections, asked, outcomes } = setUp(({ first }) =>
      first === 1 ? { accepted: false, message: 'the text changed' } : { accepted: true, message: null },
    );
    corrections.add(per(1), 'one');
    corrections.add(per(4), 'two');
    await settle();
    assert.equal(asked.length, 2);
    assert.deepEqual(outcomes, [
      { accepted: false, message: 'the text changed' },
      { accepted: true, message: 'two' },
    ]);
  });

  it('go on after one that changed nothing and so brought no state', async () => {
    const { corrections, asked } = setUp(() => ({ accepted: true, message: null }));
    corrections.add(per(1), 'one');
    corrections.add(per(4), 'two');
    const deadline = Date.now() + 5000;
    while (asked.length < 2 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(
      asked.map(({ revision }) => revision),
      [7, 7],
    );
  });

  it('never decide a sentence that came after the key was pressed', async () => {
    const { corrections, asked, outcomes, show } = setUp(() => ({ accepted: true, message: null }));
    corrections.add({ kind: 'accept', source: 'bert', next: true }, 'accepted');
    corrections.add({ kind: 'accept', source: 't5', next: true }, 'accepted too');
    await settle();
    show({ ...full, revision: 8 });
    await settle();
    assert.equal(asked.length, 1);
    assert.deepEqual(
      outcomes.map(({ accepted }) => accepted),
      [true, false],
    );
  });

  it('say what went wrong when the host fails', async () => {
    const { corrections, outcomes } = setUp(() => ({ accepted: true, message: null }));
    corrections.add({ kind: 'setEmpty', next: false }, 'empty');
    await settle();
    assert.deepEqual(outcomes, [{ accepted: false, message: 'not expected here' }]);
  });
});
