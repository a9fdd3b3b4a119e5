import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { UNDECIDED, tagsOfDecisions } from '../../src/core/decisions.ts';
import { CORRECTION_STARTS, draftOf } from '../../src/core/draft.ts';
import { decide } from '../../src/core/correction.ts';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { decode } from '../../src/core/scheme.ts';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { annotate } from './drive.ts';
import { openPanel } from './panel.ts';
import type { Panel } from './panel.ts';

const TEXT =
  'LONDON — Angela Merkel and Barack Obama opened a joint exhibition of letters at the British Museum on Monday, and more than three thousand people queued along Great Russell Street to see it.\n';

describe('the first correction of a sentence', () => {
  let workbench: Workbench;
  let panel: Panel;
  let folder: string;

  before('annotate a text', async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-drafts-'));
    await writeFile(path.join(folder, 'news.txt'), TEXT);
    const settings = { 'entityLens.annotatorName': 'ada' };
    workbench = await openWorkbench({ workspace: folder, files: ['news.txt'], settings });
    await workbench.openFile('news.txt');
    await annotate(workbench);
    panel = await openPanel(workbench);
    await until('both models', async () => !(await panel.row(3)).includes('–') && !(await panel.row(2)).includes('–'));
  });
  after('close', async () => {
    await workbench.close();
    await rm(folder, { recursive: true, force: true });
  });

  const inFile = async (): Promise<{ readonly tags: string; readonly names: readonly (string | undefined)[] }> => {
    const [sentence] = parseColumns(await workbench.readFile('news.txt.iob2')).sentences;
    return { tags: sentence?.tags.join(' ') ?? '', names: sentence?.annotators ?? [] };
  };

  for (const start of CORRECTION_STARTS)
    it(`takes over what the setting ${start} says, and nothing else`, async () => {
      const settings = path.join(workbench.workspace, '.vscode');
      await mkdir(settings, { recursive: true });
      await writeFile(path.join(settings, 'settings.json'), JSON.stringify({ 'entityLens.correction.start': start }));
      const answers = await Promise.all(
        ([2, 3] as const).map(async (index) => ({
          source: index === 2 ? ('bert' as const) : ('t5' as const),
          prediction: { layer: decode(await panel.row(index), 'repair').layer, failures: [] },
        })),
      );
      const length = (await panel.row(0)).length;
      const correction = { kind: 'setSpan', first: 0, end: 1, label: 'LOC' } as const;
      const wanted = decide(null, correction, length, draftOf(start, answers, length));
      assert.ok(wanted.ok);
      const expected = tagsOfDecisions(wanted.value, length, 'iob2');
      const wantedNames = expected.map((tag, token) =>
        tag === UNDECIDED ? '-' : ['ada', ...(wanted.value.origins[token] ?? [])].join('+'),
      );
      assert.equal(wantedNames[0], 'ada');
      // The settings are read by the editor a little after they were written.
      await until(`gold as ${start}`, async () => {
        await panel.press('Home');
        await panel.press('l');
        await until('the correction', async () => (await panel.row(1))[0] === 'B-LOC');
        const shown = await panel.row(1);
        await until('the file', async () => /\bB-LOC\b/.test((await inFile()).tags));
        const written = await inFile();
        const fits =
          shown.join(' ') === expected.map((tag) => (tag === UNDECIDED ? '?' : tag)).join(' ') &&
          written.tags === expected.join(' ') &&
          written.names.join(' ') === wantedNames.join(' ');
        if (fits) return true;
        await workbench.runCommand('Entity Lens: Undo Correction');
        await panel.rowIs(1, Array<string>(length).fill('–'));
        throw new Error([shown.join(' '), written.tags, written.names.join(' ')].join('\n'));
      });
      await workbench.runCommand('Entity Lens: Undo Correction');
      await panel.rowIs(1, Array<string>(length).fill('–'));
      await until('all undecided', async () => /^_(?: _)*$/.test((await inFile()).tags));
    });
});
