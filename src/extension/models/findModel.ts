import type { ModelSource } from '../../core/span.ts';
import type { Dtype } from '../../host/hubLayout.ts';
import { hubDtypes } from '../../host/hubModel.ts';
import { folderDtypes, readChoice, tagsOfChoice } from '../../host/modelChoice.ts';
import type { ModelChoice } from '../../host/modelChoice.ts';
import type { Surface } from '../surface.ts';
import { askDtype, askFolder, askHubName } from './askModel.ts';
import type { Place } from './askModel.ts';
import { cancellable, downloadWithConsent } from './download.ts';
import { hubAddress } from './modelSettings.ts';

/** What is needed to find the files of a model: where they are, and in which number format. */
export interface Found {
  readonly model: string;
  readonly revision?: string;
  readonly dtype: Dtype;
}

/** Finds the files of a model in a place, downloading them where that is asked for and agreed to. Undefined where the user gave up; throws where they do not fit. */
export async function findFiles(surface: Surface, source: ModelSource, place: Place): Promise<Found | undefined> {
  if (place.kind === 'downloaded') {
    const { id, revision, dtype } = place.record;
    return { model: id, dtype, ...(revision === 'main' ? {} : { revision }) };
  }
  if (place.kind === 'hub') {
    const name = await askHubName(source, hubAddress());
    return name && findOnHub(surface, source, name, undefined);
  }
  const folder = await askFolder(source);
  if (folder === undefined) return undefined;
  // Says which file is missing, or that it is a model of another kind.
  const fits = tagsOfChoice(choiceOf({ model: folder }), source, surface.services.models.storage);
  if (!fits.ok) throw new Error(fits.message);
  const dtype = await askDtype(
    source,
    folderDtypes(folder, source).map((one) => ({ dtype: one, bytes: undefined })),
  );
  return dtype && { model: folder, dtype };
}

/** Downloads a model, in the dtype that is wanted or that the user picks. */
export async function findOnHub(
  { services: { log, models } }: Surface,
  source: ModelSource,
  { id, revision }: { readonly id: string; readonly revision: string },
  wanted: Dtype | undefined,
): Promise<Found | undefined> {
  const host = hubAddress();
  const place = { host, id, revision, family: source };
  let dtype = wanted;
  if (dtype === undefined) {
    const dtypes = await cancellable(`Asking ${host} about ${id}`, (signal) => hubDtypes(place, { signal }));
    if (!dtypes.ok) {
      if (dtypes.reason === 'cancelled') return undefined;
      throw new Error(dtypes.message);
    }
    dtype = await askDtype(source, dtypes.value);
  }
  if (dtype === undefined) return undefined;
  const record = await downloadWithConsent({ ...place, dtype, storage: models.storage }, log);
  return record && { model: id, dtype, ...(revision === 'main' ? {} : { revision }) };
}

/** What a setting says. Throws where it is not understood. */
export function choiceOf(setting: object): ModelChoice {
  const read = readChoice(setting);
  if (!read.ok) throw new Error(read.message);
  return read.value;
}
