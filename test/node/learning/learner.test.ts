import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import { fileURLToPath } from 'node:url';
import { HEAD_DEFAULTS } from '../../../src/core/learning/headTraining.ts';
import { likeliestLegalTags } from '../../../src/core/transitions.ts';
import { Learner, UNTAUGHT } from '../../../src/node/learning/learner.ts';
import { TrainingThread } from '../../../src/node/learning/trainingThread.ts';
import type { TrainedFacts } from '../../../src/protocol/learning.ts';
import { evidenceOf, toyLessons } from '../../core/learning/toyLanguage.ts';

const entry = fileURLToPath(new URL('../../../dist/learning.mjs', import.meta.url));
const head = { ...HEAD_DEFAULTS, labels: ['PER', 'PRODUCT'] };
const words = ['Orlan', 'mends', 'the', 'widget4', '.'];

describe('the learner', function () {
  this.timeout(60_000);
  const open: { dispose: () => void }[] = [];
  afterEach(() => {
    for (const one of open.splice(0)) one.dispose();
  });
  const make = (): { learner: Learner; logged: string[]; learnt: TrainedFacts[] } => {
    const [logged, learnt]: [string[], TrainedFacts[]] = [[], []];
    const learner = new Learner({ entry, head, delay: 5, log: (_level, message) => logged.push(message) });
    learner.onDidLearn((facts) => learnt.push(facts));
    open.push(learner);
    return { learner, logged, learnt };
  };
  const tags = async (learner: Learner): Promise<readonly string[] | undefined> => {
    const answer = await learner.predict([{ words, evidence: evidenceOf(words) }]);
    return answer?.distributions.map(likeliestLegalTags)[0];
  };

  it('learns in the background what it is taught, several sentences at once', async () => {
    const { learner, learnt } = make();
    assert.equal(learner.id, UNTAUGHT);
    assert.equal(await tags(learner), undefined);
    toyLessons(8, 1).forEach((lesson, index) => {
      learner.teach(String(index), lesson);
    });
    await learner.settled();
    assert.deepEqual(
      learnt.map(({ sentences, words: count }) => [sentences, count]),
      [[8, 40]],
    );
    assert.notEqual(learner.id, UNTAUGHT);
    assert.deepEqual(await tags(learner), ['B-PER', 'O', 'O', 'B-PRODUCT', 'O']);
  });

  it('comes back to the same state when a correction is undone, whatever the order', async () => {
    const { learner } = make();
    const lessons = toyLessons(4, 2);
    lessons.forEach((lesson, index) => {
      learner.teach(String(index), lesson);
    });
    await learner.settled();
    const before = learner.id;
    const [first, second] = lessons;
    assert.ok(first !== undefined && second !== undefined);
    learner.teach('0', { ...first, tags: first.tags.map(() => 'O') });
    await learner.settled();
    assert.notEqual(learner.id, before);
    learner.forget('0');
    learner.teach('again', first);
    await learner.settled();
    assert.equal(learner.id, before);
    learner.learnBy({ ...head, exponent: 0.5 });
    await learner.settled();
    assert.notEqual(learner.id, before);
    for (const key of ['again', '1', '2', '3']) learner.forget(key);
    await learner.settled();
    assert.deepEqual([learner.id, await tags(learner), learner.size], [UNTAUGHT, undefined, 0]);
  });

  it('gives its head as text, with which another thread goes on', async () => {
    const { learner } = make();
    assert.equal(await learner.headText('m'), undefined);
    toyLessons(8, 1).forEach((lesson, index) => {
      learner.teach(String(index), lesson);
    });
    await learner.settled();
    const text = (await learner.headText('m')) ?? '';
    const thread = new TrainingThread(entry);
    open.push(thread);
    await assert.rejects(thread.predict([{ words, evidence: evidenceOf(words) }]), { reason: 'nothingLearnt' });
    await assert.rejects(thread.useHead(text.slice(0, 50)), { reason: 'headInvalid' });
    assert.equal(await thread.useHead(text), 'm');
    const [answer] = await thread.predict([{ words, evidence: evidenceOf(words) }]);
    assert.deepEqual(answer === undefined ? [] : likeliestLegalTags(answer), await tags(learner));
    await assert.rejects(thread.predict([{ words, evidence: evidenceOf(words, 3) }]), { reason: 'headUnfit' });
  });

  it('can be cancelled, and keeps the head that it had', async () => {
    const thread = new TrainingThread(entry);
    open.push(thread);
    thread.teach(toyLessons(8, 1).map((lesson, index) => ({ key: String(index), lesson })));
    await thread.train(head, true);
    const before = await thread.headText('m');
    thread.teach(toyLessons(400, 3).map((lesson, index) => ({ key: `more ${index}`, lesson })));
    const stop = new AbortController();
    const training = thread.train({ ...head, tolerance: 0, iterations: 10_000 }, true, stop.signal);
    setTimeout(() => {
      stop.abort();
    }, 50);
    await assert.rejects(training, { reason: 'cancelled' });
    assert.equal(await thread.headText('m'), before);
  });

  it('says that its thread is missing, and does not try for ever', async () => {
    const logged: string[] = [];
    const learner = new Learner({
      entry: `${entry}.missing`,
      head,
      delay: 5,
      log: (_level, message) => logged.push(message),
    });
    open.push(learner);
    for (const lesson of toyLessons(1, 1)) learner.teach('0', lesson);
    await learner.settled();
    assert.equal(learner.id, UNTAUGHT);
    assert.ok(logged.some((line) => /learning\.mjs\.missing/u.test(line)));
  });
});
