import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { labelledAs } from '../../src/extension/decisions/acceptance.ts';
import { escapeMarkdown, hoverExtent, hoverRows, hoverTable, percent } from '../../src/extension/editor/hoverText.ts';
import { labelSet } from '../../src/extension/settings/labels.ts';
import { legendMarkdown } from '../../src/extension/editor/legend.ts';
import { Snapshots } from '../../src/extension/panel/shownSentences.ts';
import { pageHtml } from '../../src/extension/base/webviewHtml.ts';
import { statusText } from '../../src/extension/editor/statusText.ts';
import type { Session, SessionSentence } from '../../src/extension/document/session.ts';
import { prediction, sentence } from './sentences.ts';

describe('a hover', () => {
  const one = sentence('New York Times', {
    gold: 'B-ORG I-ORG I-ORG',
    bert: prediction('B-LOC I-LOC O', 'full', 0.9876),
    t5: prediction('O O O', 'full', 0.75),
  });

  it('shows every source, its span, its label and the probability of the weakest token', () => {
    const rows = hoverRows(one, 1, 'full');
    assert.equal(
      hoverTable(one, rows),
      [
        '| Source | Span | Label | Probability |',
        '|:--|:--|:--|--:|',
        '| Gold | New York Times | **ORG** |  |',
        '| BERT | New York | **LOC** | 98.7 % |',
        '| T5 | no entity |  | 75.0 % |',
      ].join('\n'),
    );
    assert.deepEqual(hoverExtent(rows), { first: 0, end: 3 });
  });

  it('shows what is decided so far, and tells undecided words from those that are no entity', () => {
    const partial = { layer: [{ first: 0, end: 1, label: 'LOC' }], undecided: [1] };
    const started = { ...sentence('Rome won again', { bert: prediction('B-ORG I-ORG O', 'full', 0.9) }), partial };
    const gold = (token: number): string => hoverTable(started, hoverRows(started, token, 'full')).split('\n')[2] ?? '';
    assert.equal(gold(0), '| Gold | Rome | **LOC** |  |');
    assert.equal(gold(1), '| Gold | not decided |  |  |');
    assert.deepEqual(hoverRows(started, 2, 'full'), []);
  });

  it('is not there where no source has a span', () => {
    assert.deepEqual(hoverRows(sentence('it rained', { bert: prediction('O O') }), 0, 'full'), []);
  });

  it('shows the text of a document as text', () => {
    assert.equal(escapeMarkdown('[x](command:y) <b>|`a`\n*'), '\\[x\\]\\(command:y\\) &lt;b&gt;\\|\\`a\\` \\*');
  });

  it('never rounds a probability up to certainty', () => {
    assert.deepEqual([percent(0.99999), percent(1), percent(0)], ['99.9 %', '100 %', '0.0 %']);
  });
});

describe('the status bar item', () => {
  const sentences = [sentence('a', { gold: 'O' }), sentence('b')];
  const facts = { own: false, reason: 'modelMissing' } as const;
  const model = { source: 'bert', name: 'BERT', state: 'failed', message: 'gone', ...facts } as const;

  it('says how much gold there is, what is under way, and what failed', () => {
    const text = (busy: Session['busy'], models: readonly (typeof model)[]): string =>
      statusText({ busy, sentences }, models).text;
    assert.equal(text(undefined, []), '$(tag) 1/2 complete');
    assert.equal(text({ done: 3, total: 9, what: 'BERT' }, []), '$(loading~spin) 3/9 · 1/2 complete');
    assert.equal(text(undefined, [model]), '$(warning) 1/2 complete');
    const { spoken } = statusText({ busy: undefined, sentences }, []);
    assert.equal(spoken, 'Entity Lens: 1/2 complete; annotated by BERT 0/2, T5 0/2');
  });

  it('shows labels in their colours, and labels that look like markup as text', () => {
    assert.match(
      legendMarkdown(labelSet([{ name: 'PER', key: 'p', description: 'A *person*' }], [], ['<i>'])),
      /label1\);">■<\/span> PER \(key P: A &#42;person&#42;\) {2}<span .*label[2-9]\);">■<\/span> &#60;i&#62; \(key I\)/,
    );
  });
});

describe('an intent of the page', () => {
  function session(first: SessionSentence): { sentences: SessionSentence[] } & Session {
    return { sentences: [sentence('x'), first] } as unknown as { sentences: SessionSentence[] } & Session;
  }
  const shown = sentence('Ada slept', { gold: 'O O', bert: prediction('B-PER O') });

  it('counts while its sentence says the same, whatever arrives for others', () => {
    const snapshots = new Snapshots();
    const opened = session(shown);
    snapshots.remember(4, opened, 1);
    opened.sentences[0] = sentence('y');
    opened.sentences[1] = { ...shown, predictions: { ...shown.predictions, t5: prediction('O O') } };
    assert.deepEqual(snapshots.resolve({ revision: 4, sentence: 1 })?.index, 1);
  });

  it('is carried over where its words are unchanged, whatever gold says now and wherever they stand', () => {
    const snapshots = new Snapshots();
    const opened = session(shown);
    snapshots.remember(4, opened, 1);
    opened.sentences[1] = sentence('Ada slept', { bert: prediction('B-PER O') });
    assert.equal(snapshots.resolve({ revision: 4, sentence: 1 }, 'answers')?.index, 1);
    opened.sentences.unshift(sentence('z'));
    assert.equal(snapshots.resolve({ revision: 4, sentence: 1 })?.index, 2);
    opened.sentences[2] = sentence('Ada slept', { bert: prediction('O O') });
    assert.equal(snapshots.resolve({ revision: 4, sentence: 1 })?.index, 2);
    assert.equal(snapshots.resolve({ revision: 4, sentence: 1 }, 'answers'), undefined);
  });

  it('is stale where the words are gone', () => {
    for (const now of [sentence('Ada sleeps', { gold: 'O O', bert: prediction('B-PER O') }), undefined]) {
      const snapshots = new Snapshots();
      const opened = session(shown);
      snapshots.remember(4, opened, 1);
      opened.sentences.splice(1, 1, ...(now === undefined ? [] : [now]));
      assert.equal(snapshots.resolve({ revision: 4, sentence: 1 }), undefined);
    }
  });

  it('is stale for a revision or a sentence that was never shown', () => {
    const snapshots = new Snapshots();
    snapshots.remember(4, session(shown), 1);
    assert.equal(snapshots.resolve({ revision: 3, sentence: 1 }), undefined);
    assert.equal(snapshots.resolve({ revision: 4, sentence: 0 }), undefined);
  });
});

describe('the page', () => {
  it('may load nothing but its own script and style', () => {
    const html = pageHtml(
      { cspSource: 'https://ours', script: 'https://ours/a.js', style: 'https://ours/a.css' },
      'NONCE',
    );
    assert.match(
      html,
      /content="default-src 'none'; style-src https:\/\/ours 'nonce-NONCE'; script-src 'nonce-NONCE'; /,
    );
    assert.doesNotMatch(html, /unsafe|\*/);
  });
});

describe('accepting a span without a label', () => {
  const full = prediction('B-PER I-PER O B-LOC');

  it('takes the labels of the full scheme where the borders are those that were shown', () => {
    const labelled = labelledAs(prediction('B I O B', 'simplified'), full, 'BERT');
    assert.deepEqual(labelled, { ok: true, value: full.layer });
  });

  it('is refused with a remedy where the full scheme sees other spans', () => {
    for (const shown of ['B O O B', 'B I O O', 'B I B I']) {
      const refused = labelledAs(prediction(shown, 'simplified'), full, 'T5');
      assert.ok(!refused.ok && /Switch to the full scheme/.test(refused.message));
    }
  });
});
