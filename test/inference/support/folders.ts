import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { bundled, modelsRoot } from './bundled.ts';

/** An empty folder that is removed by `remove`. */
export async function temporaryFolder(): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A copy of the bundled BERT with a manifest of its own, to be damaged. */
export async function copyOfBert(folder: string): Promise<{ readonly root: string; readonly model: string }> {
  const { folder: name, id } = bundled('bert');
  const root = path.join(folder, 'models');
  await cp(path.join(modelsRoot, name), path.join(root, name), { recursive: true });
  const manifest = JSON.parse(await readFile(path.join(modelsRoot, 'manifest.json'), 'utf8')) as {
    models: { id: string }[];
  };
  const models = manifest.models.filter((model) => model.id === id);
  await writeFile(path.join(root, 'manifest.json'), JSON.stringify({ ...manifest, models }));
  return { root, model: path.join(root, name) };
}
