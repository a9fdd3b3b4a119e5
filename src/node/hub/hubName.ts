import { HUB_ID } from './hubStorage.ts';

/** A model on a hub as a user names it. */
export interface HubName {
  readonly id: string;
  readonly revision: string;
}

/** Reads `owner/name`, `owner/name@revision`, or the address of a model's page; undefined for anything else. */
export function hubName(text: string): HubName | undefined {
  const page = /^https?:\/\/[^/]+\/([^/?#]+\/[^/?#]+)(?:\/(?:tree|blob|resolve)\/([^/?#]+))?/u.exec(text.trim());
  const plain = /^([^@\s]+)(?:@(\S+))?$/u.exec(text.trim());
  const [, id, revision = 'main'] = page ?? plain ?? [];
  return id !== undefined && HUB_ID.test(id) ? { id, revision } : undefined;
}

/** A number of bytes as people read it, such as 108 MB. */
export function bytesText(bytes: number): string {
  if (bytes < 1_000_000) return `${String(Math.ceil(bytes / 1000))} kB`;
  const [unit, size] = bytes < 1_000_000_000 ? ['MB', 1_000_000] : ['GB', 1_000_000_000];
  const value = bytes / size;
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}
