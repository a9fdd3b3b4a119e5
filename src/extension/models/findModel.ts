import type { ModelSource } from '../../core/span.ts';
import type { Dtype } from '../../node/hub/hubLayout.ts';
import { hubDtypes } from '../../node/hub/hubModel.ts';
import type { HubDtype, HubModel } from '../../node/hub/hubModel.ts';
import { folderDtypes, readChoice, tagsOfChoice } from '../../node/models/modelChoice.ts';
import type { ModelChoice } from '../../node/models/modelChoice.ts';
import { cancellable } from '../base/progress.ts';
import type { Services, WithServices } from '../prediction/services.ts';
import { askDtype, askFolder, askHubName } from './askModel.ts';
import type { Place } from './askModel.ts';
import { again, downloadWithConsent } from './download.ts';
import { hubAddress } from '../prediction/modelSettings.ts';

/** What is needed to find the files of a model: where they are, and in which number format. */
export interface Found {
  readonly model: string;
  readonly revision?: string;
  readonly dtype: Dtype;
}

/** Finds the files of a model in a place, downloading them where that is asked for and agreed to. Undefined where the user gave up; throws where they do not fit. */
export async function findFiles(needs: WithServices, source: ModelSource, place: Place): Promise<Found | undefined> {
  if (place.kind === 'downloaded') {
    const { id, revision, dtype } = place.record;
    return { model: id, dtype, ...(revision === 'main' ? {} : { revision }) };
  }
  if (place.kind === 'hub') {
    const name = await askHubName(source, hubAddress());
    return name && findOnHub(needs, source, name, undefined);
  }
  const folder = await askFolder(source);
  if (folder === undefined) return undefined;
  // Says which file is missing, or that it is a model of another kind.
  const fits = tagsOfChoice(choiceOf({ model: folder }), source, needs.services.models.storage);
  if (!fits.ok) throw new Error(fits.message);
  const dtype = await askDtype(
    source,
    folderDtypes(folder, source).map((one) => ({ dtype: one, bytes: undefined })),
  );
  return dtype && { model: folder, dtype };
}

/** Downloads a model, in the dtype that is wanted or that the user picks. */
export async function findOnHub(
  { services }: WithServices,
  source: ModelSource,
  { id, revision }: { readonly id: string; readonly revision: string },
  wanted: Dtype | undefined,
): Promise<Found | undefined> {
  const place = { host: hubAddress(), id, revision, family: source, storage: services.models.storage };
  const dtypes = wanted === undefined ? await dtypesOnHub(services, place) : undefined;
  const dtype = wanted ?? (dtypes && (await askDtype(source, dtypes)));
  if (dtype === undefined) return undefined;
  const record = await downloadWithConsent({ ...place, dtype }, services);
  return record && { model: id, dtype, ...(revision === 'main' ? {} : { revision }) };
}

/** The number formats that the hub has of a model. Undefined where the user gave up. */
async function dtypesOnHub(
  services: Services,
  place: Omit<HubModel, 'dtype'>,
): Promise<readonly HubDtype[] | undefined> {
  for (;;) {
    const token = await services.hubTokens.for(place.host);
    const dtypes = await cancellable(`Asking ${place.host} about ${place.id}`, (signal) =>
      hubDtypes(place, { signal, token }),
    );
    if (dtypes.ok) return dtypes.value;
    if (dtypes.reason === 'cancelled' || !(await again(dtypes, place, services))) return undefined;
  }
}

/** What a setting says. Throws where it is not understood. */
export function choiceOf(setting: object): ModelChoice {
  const read = readChoice(setting);
  if (!read.ok) throw new Error(read.message);
  return read.value;
}
