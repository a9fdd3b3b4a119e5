import { readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * The files of a folder and of the folders in it, by their paths from there, in order. Links are not followed (they lead into
 * loops, out of the folder, or to a file that is there already), hidden folders and `node_modules` are left out, and so is
 * what is no file, such as a pipe.
 */
export function filesIn(root: string): readonly string[] {
  const files: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = path.join(folder, entry.name);
      if (entry.isFile()) files.push(name);
      else if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') folders.push(name);
    }
  return files.sort();
}
