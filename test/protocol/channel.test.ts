import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { Channel, ChannelError } from '../../src/protocol/channel.ts';
import type { CancelSignal, Contract, Handlers } from '../../src/protocol/channel.ts';
import { handPort, joinedPorts, settled } from './pair.ts';

const contract = {
  requests: {
    double: { params: v.object({ value: v.number() }), result: v.object({ value: v.number() }) },
    wait: { params: v.object({}), result: v.object({}) },
  },
  notifications: { tell: v.object({ text: v.string() }) },
} satisfies Contract;

const nothing = { requests: {}, notifications: {} } satisfies Contract;
const silent = { requests: {}, notifications: {} };

type Handled = Handlers<typeof contract>;

function handlers(changed: Partial<Handled['requests']> = {}, tell: (text: string) => void = () => undefined): Handled {
  return {
    requests: {
      double: ({ value }) => Promise.resolve({ value: value * 2 }),
      wait: () => new Promise(() => undefined),
      ...changed,
    },
    notifications: {
      tell: ({ text }) => {
        tell(text);
      },
    },
  };
}

function joined(answering: Handled = handlers()) {
  const { left, right, sent } = joinedPorts();
  const problems: string[] = [];
  const note = (problem: string): void => {
    problems.push(problem);
  };
  const asking = new Channel(left, nothing, contract, silent, note);
  const answers = new Channel(right, contract, nothing, answering, note);
  return { asking, answers, sent, problems };
}

/** A channel that answers the contract, spoken to by hand. */
function byHand(answering: Handled = handlers()) {
  const hand = handPort();
  const problems: string[] = [];
  const channel = new Channel(hand.port, contract, nothing, answering, (problem) => problems.push(problem));
  return { ...hand, channel, problems };
}

/** A channel that asks, answered by hand. */
function asker() {
  const hand = handPort();
  const channel = new Channel(hand.port, nothing, contract, silent, () => undefined);
  return { ...hand, channel };
}

function reason(expected: string): (error: unknown) => boolean {
  return (error) => error instanceof ChannelError && error.reason === expected;
}

describe('the channel', () => {
  it('answers a request with the handler result', async () => {
    const { asking } = joined();
    assert.deepEqual(await asking.request('double', { value: 21 }), { value: 42 });
  });

  it('keeps the answers of concurrent requests apart, in whatever order they come', async () => {
    const slowFirst = handlers({
      double: async ({ value }) => {
        await new Promise((resolve) => setTimeout(resolve, value === 1 ? 10 : 0));
        return { value: value * 2 };
      },
    });
    const { asking } = joined(slowFirst);
    const answers = await Promise.all([1, 2, 3].map((value) => asking.request('double', { value })));
    assert.deepEqual(
      answers.map((answer) => answer.value),
      [2, 4, 6],
    );
  });

  it('rejects the caller of a handler that throws, and one that throws before it returns a promise', async () => {
    const failing = handlers({ double: () => Promise.reject(new Error('no numbers today')) });
    await assert.rejects(joined(failing).asking.request('double', { value: 1 }), {
      reason: 'handlerFailed',
      message: 'no numbers today',
    });
    const throwing = handlers({
      double: () => {
        throw new Error('at once');
      },
    });
    await assert.rejects(joined(throwing).asking.request('double', { value: 1 }), { message: 'at once' });
  });

  it("passes on a handler's own reason", async () => {
    const refusing = handlers({ double: () => Promise.reject(new ChannelError('modelMissing', 'no such file')) });
    await assert.rejects(joined(refusing).asking.request('double', { value: 1 }), reason('modelMissing'));
  });

  it('refuses parameters that do not fit before the handler runs', async () => {
    let ran = 0;
    const counting = handlers({
      double: ({ value }) => {
        ran++;
        return Promise.resolve({ value });
      },
    });
    const { receive, posted } = byHand(counting);
    receive({ type: 'request', id: 1, method: 'double', params: { value: 'two' } });
    await settled();
    assert.equal(ran, 0);
    const [{ type, id, reason: why }] = posted as [{ type: string; id: number; reason: string }];
    assert.deepEqual([type, id, why], ['error', 1, 'invalidMessage']);
  });

  it('gives a handler only what the schema names', async () => {
    let seen: unknown;
    const looking = handlers({
      double: (params) => {
        seen = params;
        return Promise.resolve({ value: 0 });
      },
    });
    const { receive } = byHand(looking);
    receive({ type: 'request', id: 1, method: 'double', params: { value: 1, extra: 'x' } });
    await settled();
    assert.deepEqual(seen, { value: 1 });
  });

  it('rejects a result that does not fit', async () => {
    const { channel, receive } = asker();
    const answer = channel.request('double', { value: 1 });
    receive({ type: 'reply', id: 1, ok: true, result: { value: null } });
    await assert.rejects(answer, reason('invalidMessage'));
  });

  it('answers an unknown method, also one that every object inherits', async () => {
    const { receive, posted } = byHand();
    const names = ['nope', 'toString', 'constructor', '__proto__', 'hasOwnProperty'];
    names.forEach((method, id) => {
      receive({ type: 'request', id, method, params: {} });
    });
    await settled();
    assert.deepEqual(
      posted.map((message) => (message as { reason: string }).reason),
      names.map(() => 'unknownMethod'),
    );
  });

  it('reports notifications that are unknown, inherited or misshapen, and hears the next one', () => {
    const heard: string[] = [];
    const { receive, problems } = byHand(handlers({}, (text) => heard.push(text)));
    receive({ type: 'notification', method: 'valueOf', params: {} });
    receive({ type: 'notification', method: 'nope', params: {} });
    receive({ type: 'notification', method: 'tell', params: { text: 5 } });
    receive({ type: 'notification', method: 'tell', params: { text: 'hello' } });
    assert.equal(problems.length, 3);
    assert.match(problems[2]!, /^tell: text: /u);
    assert.deepEqual(heard, ['hello']);
  });

  it('reports a notification handler that throws', () => {
    const { receive, problems } = byHand(
      handlers({}, () => {
        throw new Error('deaf');
      }),
    );
    receive({ type: 'notification', method: 'tell', params: { text: 'hello' } });
    assert.deepEqual(problems, ['tell failed: deaf']);
  });

  it('drops and reports what is no message at all', () => {
    const { receive, problems, posted } = byHand();
    const junk = [
      null,
      undefined,
      7,
      'text',
      [],
      {},
      { type: 'other' },
      { type: 'request', id: 'x', method: 'double' },
    ];
    for (const message of junk) receive(message);
    assert.equal(problems.length, junk.length);
    assert.deepEqual(posted, []);
  });

  it('ignores answers to nothing and second answers', async () => {
    const { channel, receive } = asker();
    receive({ type: 'reply', id: 99, ok: true, result: {} });
    receive({ type: 'error', id: 98, reason: 'x', message: 'y' });
    const answer = channel.request('double', { value: 1 });
    receive({ type: 'reply', id: 1, ok: true, result: { value: 2 } });
    receive({ type: 'reply', id: 1, ok: true, result: { value: 3 } });
    assert.deepEqual(await answer, { value: 2 });
  });

  it('cancels on both sides at once', async () => {
    let signal: CancelSignal | undefined;
    const waiting = handlers({
      wait: (_, given) => {
        signal = given;
        return new Promise(() => undefined);
      },
    });
    const { asking } = joined(waiting);
    const controller = new AbortController();
    const answer = asking.request('wait', {}, controller.signal);
    const rejected = assert.rejects(answer, reason('cancelled'));
    await settled();
    assert.equal(signal?.aborted, false);
    controller.abort();
    await rejected;
    await settled();
    assert.equal(signal.aborted, true);
  });

  it('does not ask where the signal has aborted already', async () => {
    const { channel, posted } = asker();
    const answer = channel.request('wait', {}, AbortSignal.abort());
    await assert.rejects(answer, reason('cancelled'));
    assert.deepEqual(posted, []);
  });

  it('sends no cancellation for a request that was answered', async () => {
    const { channel, posted, receive } = asker();
    const controller = new AbortController();
    const answer = channel.request('double', { value: 1 }, controller.signal);
    receive({ type: 'reply', id: 1, ok: true, result: { value: 2 } });
    await answer;
    controller.abort();
    assert.equal(posted.length, 1);
  });

  it('rejects all that is pending when it is disposed, and everything after', async () => {
    const { channel, posted } = asker();
    const answers = [channel.request('wait', {}), channel.request('double', { value: 1 })];
    const rejected = Promise.all(answers.map((answer) => assert.rejects(answer, reason('disposed'))));
    channel.dispose();
    channel.dispose();
    await rejected;
    await assert.rejects(channel.request('wait', {}), reason('disposed'));
    channel.notify('tell', { text: 'nobody hears this' });
    assert.equal(posted.length, 2);
  });

  it('aborts what it runs for the other side when it is disposed, and answers nothing more', async () => {
    let finish: () => void = () => undefined;
    let signal: CancelSignal | undefined;
    const { receive, posted, channel } = byHand(
      handlers({
        wait: (_, given) => {
          signal = given;
          return new Promise((resolve) => {
            finish = () => {
              resolve({});
            };
          });
        },
      }),
    );
    receive({ type: 'request', id: 1, method: 'wait', params: {} });
    channel.dispose();
    assert.equal(signal?.aborted, true);
    finish();
    await settled();
    receive({ type: 'request', id: 2, method: 'double', params: { value: 1 } });
    await settled();
    assert.deepEqual(posted, []);
  });

  it('refuses a method that its contract does not name', async () => {
    const { channel, posted } = asker();
    const request = channel.request.bind(channel) as (method: string, params: unknown) => Promise<unknown>;
    await assert.rejects(request('nope', {}), reason('unknownMethod'));
    assert.deepEqual(posted, []);
  });

  it('refuses an inherited name as a method', async () => {
    const { channel, posted } = asker();
    const request = channel.request.bind(channel) as (method: string, params: unknown) => Promise<unknown>;
    await assert.rejects(request('toString', {}), reason('unknownMethod'));
    assert.deepEqual(posted, []);
  });
});
