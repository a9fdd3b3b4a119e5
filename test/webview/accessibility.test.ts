import assert from 'node:assert/strict';
import type { PanelState } from '../../src/protocol/panel.ts';
import { violations } from './support/axe.ts';
import { detailed, everythingOpen } from './support/details.ts';
import { openTab } from './support/panelPage.ts';
import { queue } from './support/queue.ts';
import { row, sentence } from './support/sentences.ts';
import { full, nothingOpen, spanMatrix, withoutGold } from './support/states.ts';
import { usePanelPages } from './support/suite.ts';
import { themes } from './support/themes.ts';

/** WCAG 2 contrast of two colours, each as "r g b" from 0 to 1. */
function contrast(a: readonly number[], b: readonly number[]): number {
  const luminance = (channels: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = channels.map((value) =>
      value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const busyState: PanelState = {
  ...full,
  busy: { done: 3, total: 9, what: 'Annotating' },
  models: [full.models[0]!, { ...full.models[1]!, state: 'failed', message: 'no memory' }],
  sentence: sentence(4, 'In Paris today', [row('gold', null), row('bert', 'O I-LOC O'), row('t5', 'O O O')]),
  matrices: [spanMatrix('bert', 't5')],
  notices: [{ severity: 'info', message: 'Something to know.' }],
};

describe('accessibility', () => {
  const open = usePanelPages();

  for (const [name, theme] of Object.entries(themes)) {
    it(`axe finds nothing in ${name}`, async () => {
      const { page, send, sendQueue } = await open({ theme });
      await sendQueue(queue);
      await page.locator('table.heat td[data-row="5"][data-column="3"]').first().click();
      assert.deepEqual(await violations(page), []);
      await openTab(page, 'queue');
      assert.deepEqual(await violations(page), []);
      await page.getByRole('button', { name: 'More: what else a key can do' }).click();
      await page.getByRole('menu').waitFor();
      assert.deepEqual(await violations(page), []);
      await page.keyboard.press('Escape');
      await openTab(page, 'matrices');
      await send({ ...busyState, revision: 8 });
      assert.deepEqual(await violations(page), []);
    });
  }

  it('axe finds nothing on a page 320 wide, without gold, without document, and with the keys open', async () => {
    const { page, send, sendQueue } = await open({ width: 320 });
    await sendQueue(queue);
    assert.deepEqual(await violations(page), []);
    await openTab(page, 'queue');
    assert.deepEqual(await violations(page), []);
    await openTab(page, 'matrices');
    await send({ ...withoutGold, revision: 8 });
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('?');
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Escape');
    await send({ ...nothingOpen, revision: 9 });
    assert.deepEqual(await violations(page), []);
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`axe finds nothing with every section open in ${name}`, async () => {
      for (const width of [900, 320]) {
        const { page } = await open({ theme, state: detailed, width, kept: everythingOpen });
        const nothingIsWrong = async (): Promise<void> => {
          assert.deepEqual(await violations(page), []);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= width, `${String(wide)} of ${String(width)}`);
        };
        await page.locator('.chart').nth(1).waitFor();
        await nothingIsWrong();
        await openTab(page, 'failures');
        await nothingIsWrong();
        await openTab(page, 'matrices');
        await page.getByRole('button', { name: 'Copy: Gold × BERT' }).click();
        await page.getByRole('menu').waitFor();
        await nothingIsWrong();
      }
    });
  }

  for (const [name, theme] of Object.entries(themes)) {
    it(`every step of the heat map can be read in ${name}`, async () => {
      const { page } = await open({ theme });
      const pairs = await page.evaluate(() => {
        const table = document.querySelector('table.heat tbody tr')!;
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
        const channels = (color: string): number[] => {
          canvas.clearRect(0, 0, 1, 1);
          canvas.fillStyle = color;
          canvas.fillRect(0, 0, 1, 1);
          return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => value / 255);
        };
        return ['agree', 'confuse'].flatMap((kind) =>
          [1, 2, 3, 4, 5, 6, 7, 8].map((level) => {
            const cell = document.createElement('td');
            cell.className = `${kind} h${String(level)}`;
            cell.dataset['row'] = '0';
            table.append(cell);
            const { color, backgroundColor } = getComputedStyle(cell);
            const pair = { step: cell.className, text: channels(color), ground: channels(backgroundColor) };
            cell.remove();
            return pair;
          }),
        );
      });
      const grounds = new Set(pairs.map(({ ground }) => ground.join(' ')));
      assert.equal(grounds.size, 16, 'each step must have a colour of its own');
      for (const { step, text, ground } of pairs) {
        const ratio = contrast(text, ground);
        assert.ok(ratio >= 4.5, `${step}: ${ratio.toFixed(2)}`);
      }
    });
  }

  it('is reached by Tab in the order of the page, one stop for the grid, the tabs and each matrix', async () => {
    const { page } = await open({ width: 1500 });
    const stops: string[] = [];
    for (let stop = 0; stop < 60; stop++) {
      await page.keyboard.press('Tab');
      const where = await page.evaluate(() => {
        const { activeElement: element } = document;
        if (element === null || element === document.body) return 'end';
        if (element.closest('entity-lens-grid') !== null) return 'grid';
        if (element.closest('entity-lens-menu') !== null) return 'menu';
        if (element.closest('entity-lens-matrix') !== null) return 'matrix';
        if (element.closest('[role="tablist"]') !== null) return 'tabs';
        if (element.closest('.actions') !== null) return 'actions';
        if (element.getAttribute('role') === 'separator') return 'border';
        return element.tagName.toLowerCase();
      });
      if (where === 'end') break;
      stops.push(where);
    }
    assert.equal(stops.filter((stop) => stop === 'grid').length, 1);
    assert.equal(stops.filter((stop) => stop === 'matrix').length, 3);
    assert.equal(stops.filter((stop) => stop === 'tabs').length, 1);
    const order = ['grid', 'actions', 'border', 'tabs', 'matrix'];
    assert.deepEqual([...new Set(stops.filter((stop) => order.includes(stop)))], order);
  });

  it('does not move where less motion is asked for', async () => {
    const { page, send } = await open();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await send({ ...busyState, revision: 8 });
    assert.equal(await page.locator('vscode-progress-ring').isVisible(), false);
    assert.equal(await page.locator('progress').isVisible(), true);
  });

  // A panel 640 wide at 200 % zoom has as much room as one 320 wide.
  for (const [state, shown] of Object.entries({ full, detailed, withoutGold, nothingOpen, busyState })) {
    it(`fits a width of 320, or 640 at 200 % zoom, without scrolling sideways: ${state}`, async () => {
      const { page, send, sendQueue } = await open({ width: 320 });
      await sendQueue(queue);
      await send({ ...shown, revision: 8 });
      const fits = async (what: string): Promise<void> => {
        const { wide, room } = await page.evaluate(() => ({
          wide: document.documentElement.scrollWidth,
          room: document.documentElement.clientWidth,
        }));
        assert.ok(wide <= room, `${what}: ${String(wide)} of ${String(room)}`);
      };
      const tabs = page.getByRole('tab');
      assert.equal(await tabs.count(), shown.document === null ? 0 : 4);
      for (const tab of await tabs.all()) {
        await tab.click();
        await fits(await tab.innerText());
      }
      await fits('the page');
      await page.keyboard.press('?');
      await fits('the keys');
    });
  }

  it('shows which tab, and which of a few choices, is chosen where the system sets the colours', async () => {
    const { page } = await open();
    await page.emulateMedia({ forcedColors: 'active' });
    const look = (selector: string): Promise<string> =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => {
          const { backgroundColor, color, borderBottomColor, forcedColorAdjust } = getComputedStyle(element);
          return [backgroundColor, color, borderBottomColor, forcedColorAdjust].join(' ');
        });
    assert.notEqual(
      await look('[role="radio"][aria-checked="true"]'),
      await look('[role="radio"][aria-checked="false"]'),
    );
    assert.notEqual(
      await look('[role="tab"][aria-selected="true"]'),
      await look('[role="tab"][aria-selected="false"]'),
    );
  });

  it('shows which radio button is chosen where the system sets the colours', async () => {
    const { page } = await open();
    await openTab(page, 'scores');
    await page.emulateMedia({ forcedColors: 'active' });
    const ground = (value: string): Promise<string> =>
      page.locator(`vscode-radio[value="${value}"]`).evaluate((radio) => {
        const control = radio.shadowRoot?.querySelector('[part="control"]');
        return control === null || control === undefined ? 'none' : getComputedStyle(control).backgroundColor;
      });
    const [chosen, other] = await Promise.all([ground('repair'), ground('strict')]);
    assert.notEqual(chosen, 'none');
    assert.notEqual(chosen, other);
  });

  it('shows the focus by a form where the system sets the colours', async () => {
    const { page } = await open();
    await page.emulateMedia({ forcedColors: 'active' });
    const chosen = page.locator('entity-lens-grid [tabindex="0"]');
    await chosen.focus();
    const outline = await chosen.evaluate((cell) => {
      const { outlineStyle, outlineWidth, borderTopStyle, borderTopWidth } = getComputedStyle(cell);
      return { outlineStyle, outlineWidth, borderTopStyle, borderTopWidth };
    });
    assert.ok(
      (outline.outlineStyle !== 'none' && outline.outlineWidth !== '0px') ||
        (outline.borderTopStyle !== 'none' && outline.borderTopWidth !== '0px'),
      JSON.stringify(outline),
    );
  });
});
