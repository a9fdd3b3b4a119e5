import { createHash } from 'node:crypto';
import path from 'node:path';
import * as v from 'valibot';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import type { ModelSource } from '../../core/span.ts';
import { serverOrigin } from './serverRequest.ts';
import type { ServerPlace } from './serverRequest.ts';
import type { OpenaiApi } from './openaiServer.ts';

/** The keys of a model choice that name a server. */
export const servedKeys = {
  /** The address of a server that runs the model. */
  server: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1))),
  protocol: v.optional(v.picklist(['oip', 'openai'])),
  /** The version at the server; the server's own choice without one. */
  version: v.optional(v.pipe(v.string(), v.minLength(1))),
  /** For `oip`: whose words are cut into which pieces, a folder or a downloaded hub model; the bundled model's without one. */
  tokenizer: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1))),
  /** For `openai`: `/v1/chat/completions`, or `/v1/completions`. */
  api: v.optional(v.picklist(['chat', 'completions'])),
  /** How many requests are under way at once. */
  inFlight: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(256))),
  /** Seconds for one answer, and for an answer with all its retries. */
  timeout: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(3600))),
  budget: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(86_400))),
  /** Whether http is meant where others could read it. */
  plainHttp: v.optional(v.boolean()),
};
type ServedKeys = v.InferOutput<v.ObjectSchema<typeof servedKeys, undefined>>;

/** A model on a server. */
export interface ServedModel {
  readonly place: ServerPlace;
  readonly origin: string;
  readonly model: string;
  readonly version: string | undefined;
  readonly api: OpenaiApi;
}

/** What a choice says of a server; undefined where it names none. */
export function servedModel(
  choice: ServedKeys & { readonly model: string },
  family: ModelSource,
): Result<ServedModel | undefined, 'choiceInvalid'> {
  const { server, protocol, plainHttp = false, inFlight, timeout = 60, budget = 120 } = choice;
  if (server === undefined)
    return protocol === undefined
      ? ok(undefined)
      : fail('choiceInvalid', `protocol “${protocol}” goes with a server: name its address.`);
  const wanted = family === 'bert' ? 'oip' : 'openai';
  if ((protocol ?? wanted) !== wanted)
    return fail('choiceInvalid', `A server in the place of ${family} speaks “${wanted}”, not “${protocol ?? ''}”.`);
  const address = server.replace(/\/+$/u, '').replace(/\/v[12]$/u, '');
  const origin = serverOrigin(address, plainHttp);
  if ('problem' in origin) return fail('choiceInvalid', origin.problem);
  return ok({
    origin: origin.origin,
    model: choice.model,
    version: choice.version,
    api: choice.api ?? 'chat',
    place: {
      ...{ address, plain: plainHttp },
      inFlight: inFlight ?? (family === 'bert' ? 32 : 8),
      timeout: timeout * 1000,
      budget: Math.max(budget, timeout) * 1000,
    },
  });
}

/** The name of a served model for people, and the id under which its answers are remembered: by server, model, version and how it is asked. */
export function servedNames(
  served: ServedModel,
  asked: readonly unknown[],
): { readonly name: string; readonly id: string } {
  const { place, model, version, api } = served;
  const digest = createHash('sha256')
    .update(JSON.stringify([place.address, model, version, api, ...asked]))
    .digest('hex')
    .slice(0, 8);
  const name = `${path.basename(model)} on ${new URL(place.address).host}`;
  return { name, id: `${name} ${digest}` };
}
