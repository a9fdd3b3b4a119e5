import { appendFile, open, rename, rm } from 'node:fs/promises';
import { outputPlace } from './outputPlace.ts';

/**
 * Replaces a file's content in one step: a reader sees the old bytes or the new ones, never a part, and a failure leaves the
 * old file. A link stays one; what is no regular file gets the content.
 */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const { real, staging, through } = outputPlace(file);
  if (through) {
    await appendFile(file, content);
    return;
  }
  try {
    const handle = await open(staging, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(staging, real);
  } catch (error) {
    await rm(staging, { force: true });
    throw error;
  }
}
