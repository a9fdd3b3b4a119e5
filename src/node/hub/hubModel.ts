import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import type { ModelSource } from '../../core/span.ts';
import { headOf } from './hubFetch.ts';
import type { FetchReason, Watching } from './hubFetch.ts';
import { DTYPES, fileUrl, graphFiles } from './hubLayout.ts';
import type { Dtype } from './hubLayout.ts';
import { isSafe } from './hubRequest.ts';
import type { HubToken } from './hubRequest.ts';
import { HUB_ID } from './hubStorage.ts';

/** The hub where nobody names another. */
export const PUBLIC_HUB = 'https://huggingface.co';

/** The address of the hub that models come from: the one that is set, else the one that the environment variable HF_ENDPOINT names. */
export function hubAddress(set: string | undefined, endpoint: string | undefined): string {
  const [address = PUBLIC_HUB] = [set, endpoint].map((text) => text?.trim() ?? '').filter((text) => text !== '');
  return address.replace(/\/+$/u, '');
}

/** A model of a family on a hub. */
export interface HubPlace {
  /** Such as https://huggingface.co. */
  readonly host: string;
  readonly id: string;
  readonly revision: string;
  readonly family: ModelSource;
}

/** A model on a hub in one number format, and where it is to lie. */
export interface HubModel extends HubPlace {
  readonly dtype: Dtype;
  /** The folder of downloaded models. */
  readonly storage: string;
}

/** A number format that the hub has of a model, with the bytes of its graphs; undefined where the hub does not say. */
export interface HubDtype {
  readonly dtype: Dtype;
  readonly bytes: number | undefined;
}

/** Asks the hub in which number formats it has a model; fetches nothing. Fails where there is none, or no such model. */
export async function hubDtypes(
  place: HubPlace,
  options: Watching,
): Promise<Result<readonly HubDtype[], FetchReason | 'choiceInvalid'>> {
  const invalid = invalidPart(place);
  if (invalid !== undefined) return fail('choiceInvalid', invalid);
  const head = (file: string): ReturnType<typeof headOf> =>
    headOf(fileUrl(place.host, place.id, place.revision, file), file, options);
  const config = await head('config.json');
  if (!config.ok) return explain(config, place, 'config.json', options.token);
  const found: HubDtype[] = [];
  for (const dtype of DTYPES) {
    const graphs = await Promise.all(graphFiles(place.family, dtype).map(head));
    const other = graphs.find((graph) => !graph.ok && graph.reason !== 'fileMissing');
    if (other !== undefined && !other.ok) return other;
    const sizes = graphs.flatMap((graph) => (graph.ok ? [graph.value.bytes] : []));
    if (sizes.length < graphs.length) continue;
    const known = sizes.filter((size) => size !== undefined);
    const bytes = known.length < sizes.length ? undefined : known.reduce((sum, size) => sum + size, 0);
    found.push({ dtype, bytes });
  }
  if (found.length > 0) return ok(found);
  const wanted = graphFiles(place.family, 'fp32').join(' and ');
  return fail(
    'fileMissing',
    `${place.id} has no ${wanted}, nor the same of another dtype. Choose a model that was exported to ONNX.`,
  );
}

/** What is wrong with a hub's address, a model's id or its revision; undefined where nothing is. */
export function invalidPart({ id, revision, host }: Pick<HubPlace, 'id' | 'revision' | 'host'>): string | undefined {
  if (!HUB_ID.test(id)) return `“${id}” is no hub id; it has the form owner/name.`;
  if (!/^[\w.-]+(?:\/[\w.-]+)*$/u.test(revision) || revision.includes('..')) return `“${revision}” is no revision.`;
  let url: URL;
  try {
    url = new URL(host);
  } catch {
    return `“${host}” is no address of a hub.`;
  }
  // A model is code of a kind: it must not come over a line that others can write to.
  return isSafe(url) ? undefined : `${host} is not https.`;
}

/** The same failure with what a missing file means. */
export function explain(
  failed: { readonly ok: false; readonly reason: FetchReason; readonly message: string },
  { id, revision, dtype }: Pick<HubPlace, 'id' | 'revision'> & { readonly dtype?: Dtype },
  file: string,
  token: HubToken | undefined,
): Result<never, FetchReason> {
  if (failed.reason !== 'fileMissing') return failed;
  if (file === 'config.json') {
    const missing = `There is no model ${id} (revision ${revision}) on the hub`;
    return token === undefined
      ? fail('fileMissing', `${missing}. Check its name.`)
      : fail('modelHidden', `${missing}, or the account of your token may not see it. Check its name.`);
  }
  const remedy = file.startsWith('onnx/')
    ? `Choose another dtype than ${dtype ?? 'this'}, or a model that was exported to ONNX.`
    : 'Choose a model in the layout of transformers.js.';
  return fail('fileMissing', `${id} has no file ${file}. ${remedy}`);
}
