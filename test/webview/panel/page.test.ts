import assert from 'node:assert/strict';
import { row, sentence } from '../support/sentences.ts';
import { full, merkel, nothingOpen, tokenMatrix, withoutGold } from '../support/states.ts';
import { openTab } from '../support/panelPage.ts';
import { usePanelPages } from '../support/suite.ts';

describe('the page', () => {
  const open = usePanelPages();

  it('shows tokens with the tags of every source', async () => {
    const { page } = await open();
    const rows = page.locator('entity-lens-grid table').first().locator('tr');
    assert.match(await rows.nth(0).innerText(), /Chancellor.*Angela.*Merkel/s);
    assert.match(await rows.nth(1).innerText(), /^Gold\s+O\s+B-PER\s+I-PER/);
    assert.match(await rows.nth(2).innerText(), /^BERT\s+O\s+B-PER\s+I-PER/);
    assert.match(await rows.nth(3).innerText(), /^T5\s+B-PER\s+I-PER\s+I-PER/);
  });

  it('marks disagreements and illegal tags by more than colour', async () => {
    const illegal = sentence(3, 'In Paris today', [row('gold', null), row('bert', 'O I-LOC O'), row('t5', 'O O O')]);
    const { page } = await open({ state: { ...full, sentence: illegal } });
    const form = page.locator('[data-row="0"][data-token="1"]');
    assert.match(await form.innerText(), /≠/);
    assert.equal(await form.getAttribute('aria-label'), 'Paris, token 2, sources disagree');
    assert.match(
      (await page.locator('[data-row="2"][data-token="1"]').getAttribute('aria-label'))!,
      /BERT, I-LOC, 82%, differs, illegal/,
    );
    assert.match(
      (await page.locator('[data-row="1"][data-token="1"]').getAttribute('aria-label'))!,
      /nothing decided yet/,
    );
    assert.equal(await page.locator('.illegal').count(), 1);
  });

  it('marks the models where they differ from gold, not the gold', async () => {
    const { page } = await open();
    const differing = (name: string) =>
      page
        .locator(`.row-${name} .differs`)
        .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-token')));
    assert.deepEqual(await differing('gold'), []);
    assert.deepEqual(await differing('bert'), ['11']);
    assert.deepEqual(await differing('t5'), ['0', '1', '4']);
  });

  it('names the sentence by what the file calls it, but not by the document over again', async () => {
    const named = { ...merkel, id: 'n01001011', documentId: 'weblog-1' };
    const { page, send } = await open({ state: { ...full, sentence: named } });
    const id = page.locator('.queue-line .place-id');
    assert.equal(await id.innerText(), 'weblog-1 · n01001011');
    await send({ ...full, revision: 8, sentence: { ...named, id: null, documentId: full.document!.name } });
    assert.equal(await id.innerText(), '');
  });

  it('shows three matrices with their numbers and totals', async () => {
    const { page } = await open({ width: 1500 });
    const heats = page.locator('table.heat');
    assert.equal(await heats.count(), 3);
    for (const heat of await heats.all()) assert.ok(await heat.isVisible());
    assert.deepEqual(await page.locator('figcaption h3').allInnerTexts(), ['Gold × BERT', 'Gold × T5', 'BERT × T5']);
    const counts = await heats.first().locator('td[data-row]').allInnerTexts();
    assert.deepEqual(
      counts.map((text) => Number(text.replace(',', ''))),
      tokenMatrix('gold', 'bert').counts.flat(),
    );
    assert.match(await heats.first().locator('tr.totals').innerText(), /Total\s+1,922\s+69.*2,184/s);
  });

  it('shows scores of both models with their counts, and 0/0 as undefined', async () => {
    const { page } = await open();
    await openTab(page, 'scores');
    const rowOf = (name: string) =>
      page
        .locator('table.scores tbody tr')
        .filter({ has: page.locator('th', { hasText: name }) })
        .first();
    assert.match(await rowOf('Labelled').innerText(), /0\.848\s+0\.785\s+0\.815\s+128 \/ 151 \/ 163\s+0\.801/);
    const undefinedRow = rowOf('MISC').locator('td');
    assert.equal(await undefinedRow.nth(2).innerText(), '–');
    assert.equal(await undefinedRow.nth(2).getAttribute('title'), '0/0');
    assert.match(await rowOf('Token macro F1').innerText(), /7 tags, O included/);
    assert.match(await page.locator('.over').innerText(), /57 complete of 120 sentences/);
  });

  it('sorts the scores by either model, and back', async () => {
    const { page, kept } = await open();
    await openTab(page, 'scores');
    const names = () => page.locator('table.scores tbody').nth(1).locator('tr th[scope="row"]').allInnerTexts();
    assert.deepEqual(await names(), ['PER', 'LOC', 'ORG', 'MISC']);
    const button = page.getByRole('button', { name: 'F1' }).nth(1);
    await button.click();
    assert.deepEqual(await names(), ['PER', 'LOC', 'ORG', 'MISC']);
    await button.click();
    assert.deepEqual(await names(), ['ORG', 'LOC', 'PER', 'MISC']);
    assert.equal(await page.locator('th[aria-sort="ascending"]').count(), 1);
    assert.deepEqual(((await kept()) as { sort: unknown }).sort, { by: 't5', descending: false });
    await button.click();
    assert.deepEqual(await names(), ['PER', 'LOC', 'ORG', 'MISC']);
  });

  it('without gold explains how to get it, and shows how far the models agree', async () => {
    const { page } = await open({ state: withoutGold });
    await openTab(page, 'scores');
    assert.match(await page.locator('#live').innerText(), /0 complete of 120 sentences.*accept a model/s);
    assert.equal(await page.locator('table.scores').count(), 0);
    await page.locator('summary', { hasText: 'Agreement' }).press('Enter');
    assert.deepEqual(await page.locator('.figures dd').allInnerTexts(), ['120', '19', '0.841', '0.703']);
    await openTab(page, 'matrices');
    assert.deepEqual(await page.locator('figcaption h3').allInnerTexts(), ['BERT × T5']);
  });

  it('says what to do when nothing is open, nothing is in it, or no sentence is chosen', async () => {
    const { page, send } = await open({ state: nothingOpen });
    assert.match(await page.locator('main').innerText(), /No document.*Open a text/s);
    await send({
      ...full,
      counts: { sentences: 0, gold: 0, inProgress: 0, reviewed: 0, disagreements: 0, unmatched: 0 },
      sentence: null,
    });
    assert.match(await page.locator('main').innerText(), /No sentences/);
    await send({ ...full, sentence: null });
    assert.match(await page.locator('main').innerText(), /No sentence chosen/);
  });

  it('offers to annotate, shows progress with a way out, and says which model failed', async () => {
    const idle = full.models.map((model) => ({ ...model, state: 'idle' as const, predicted: 0 }));
    const fresh = { ...withoutGold, models: idle, matrices: [], agreement: null };
    const { page, send, askedFor, asked } = await open({ state: fresh });
    await page.getByRole('button', { name: 'Annotate' }).click();
    await askedFor('annotate');
    await send({ ...fresh, revision: 8, busy: { done: 30, total: 240, what: 'Annotating' } });
    assert.equal(await page.getByRole('button', { name: 'Annotate' }).count(), 0);
    assert.match(await page.locator('.busy').innerText(), /Annotating.*30 of 240/s);
    assert.equal(await page.locator('progress').evaluate((bar: HTMLProgressElement) => bar.value), 30);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await askedFor('cancel');
    const failed = { ...idle[1]!, state: 'failed' as const, message: 'models/t5/config.json is missing' };
    await send({ ...fresh, revision: 9, models: [idle[0]!, failed] });
    assert.match(
      await page.locator('.notices .error').innerText(),
      /Error\s+T5 \(t5-news-small\) failed: models\/t5\/config\.json is missing/,
    );
    assert.equal(asked.filter(({ method }) => method === 'annotate').length, 1);
  });

  it('shows what the host wants to be known', async () => {
    const { page } = await open({
      state: {
        ...full,
        notices: [{ severity: 'warning', message: '2 annotated sentences are no longer in the text.' }],
      },
    });
    assert.match(await page.locator('.notices .warning').innerText(), /Warning\s+2 annotated sentences/);
  });

  it('shows tokens, labels, names and messages as text, whatever they contain', async () => {
    const evil = '<img src=x onerror="document.title=1">';
    const state = {
      ...full,
      document: { name: evil, kind: 'prose' as const, goldName: evil },
      labels: [{ name: '<b>x</b>', key: 'x', color: 1, description: '<i>y</i>' }],
      sentence: {
        ...sentence(0, 'a b', [row('gold', 'B-<b>x</b> O'), row('bert', 'O O'), row('t5', 'O O')]),
        tokens: [evil, '"><script>alert(1)</script>'],
        id: evil,
        rows: [
          row('gold', 'B-<b>x</b> O'),
          { ...row('bert', 'O O'), failures: [{ kind: evil, detail: evil }] },
          row('t5', 'O O'),
        ],
      },
      notices: [{ severity: 'info' as const, message: evil }],
    };
    const { page } = await open({ state });
    assert.equal(await page.locator('img, main script, .grid b').count(), 0);
    assert.equal(await page.locator('[data-row="0"][data-token="0"] bdi').innerText(), evil);
    assert.equal(await page.locator('[data-row="1"][data-token="0"]').innerText(), 'B-<b>x</b>');
    assert.equal(await page.locator('h1').innerText(), evil);
    assert.equal(await page.title(), 'Entity Lens');
  });

  it('lists the failures of a model’s answer', async () => {
    const t5 = { ...merkel.rows[2]!, failures: [{ kind: 'repetition', detail: '“Merkel Merkel”' }] };
    const { page } = await open({
      state: { ...full, sentence: { ...merkel, rows: [...merkel.rows.slice(0, 2), t5] } },
    });
    assert.match(await page.locator('.failures').innerText(), /T5 repetition: “Merkel Merkel”/);
  });

  it('says so when a message of the host makes no sense, and keeps what it shows', async () => {
    const { page } = await open();
    await page.evaluate(() => {
      window.postMessage({ type: 'notification', method: 'state', params: { revision: 'new' } }, '*');
    });
    await page.locator('.said.refused', { hasText: 'could not be read' }).waitFor();
    assert.equal(await page.locator('table.heat').count(), 3);
  });

  it('asks for the scheme and the level, and shows what the host then sends', async () => {
    const { page, send, askedFor } = await open();
    await page.getByRole('radio', { name: 'Simplified' }).click();
    assert.deepEqual(await askedFor('setScheme'), { scheme: 'simplified' });
    const bio = [row('gold', 'O B I'), row('bert', 'O B I'), row('t5', 'O O O')];
    await send({ ...full, revision: 8, scheme: 'simplified', sentence: sentence(2, 'Saw Tim Cook', bio) });
    assert.match(await page.locator('.row-gold').innerText(), /Gold\s+O\s+B\s+I/);
    assert.equal(await page.getByRole('radio', { name: 'Simplified' }).getAttribute('aria-checked'), 'true');
    await page.getByRole('radio', { name: 'Spans' }).click();
    assert.deepEqual(await askedFor('setMatrixLevel'), { level: 'span' });
    await send({ ...full, revision: 9 });
    assert.equal(await page.getByRole('radio', { name: 'Full' }).getAttribute('aria-checked'), 'true');
  });

  it('remembers its tab, open sections and choices while it is hidden', async () => {
    const first = await open();
    await first.page.getByRole('button', { name: 'View' }).click();
    await first.page.getByRole('combobox', { name: 'Numbers in the matrices' }).click();
    await first.page.getByRole('option', { name: 'Share of row' }).click();
    await first.page.getByRole('radio', { name: 'Gold × T5' }).click();
    await openTab(first.page, 'scores');
    await first.page.locator('summary', { hasText: 'Cost' }).click();
    await first.page.locator('[data-row="2"][data-token="5"]').click();
    const kept = await first.kept();
    const second = await open({ kept });
    assert.equal(await second.page.locator('table.scores').isVisible(), true);
    assert.notEqual(await second.page.locator('details', { hasText: 'Cost' }).getAttribute('open'), null);
    assert.equal(await second.page.locator('details', { hasText: 'Breakdowns' }).getAttribute('open'), null);
    assert.equal(await second.page.locator('[data-row="2"][data-token="5"]').getAttribute('tabindex'), '0');
    await openTab(second.page, 'matrices');
    const shown = second.page.locator('entity-lens-matrix:visible');
    assert.deepEqual(await shown.locator('figcaption h3').allInnerTexts(), ['Gold × T5']);
    assert.match(await shown.locator('td[data-row]').first().innerText(), /^99%$/);
    const broken = await open({ kept: { ui: 'of another version' } });
    assert.equal(await broken.page.locator('#tab-matrices').getAttribute('aria-selected'), 'true');
  });
});
