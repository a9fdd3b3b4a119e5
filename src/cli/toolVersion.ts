import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The version of Entity Lens, which its package names beside the models. */
export async function toolVersion(modelsRoot: string): Promise<string> {
  const text = await readFile(path.join(modelsRoot, '..', 'package.json'), 'utf8');
  const parsed: unknown = JSON.parse(text);
  const version = typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : undefined;
  return typeof version === 'string' ? version : 'unknown';
}
