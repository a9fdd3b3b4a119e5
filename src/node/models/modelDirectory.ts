import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { ModelSource } from '../../core/span.ts';
import { modelFor, readManifest, specOf } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { resolveChoice } from './modelChoice.ts';
import type { ModelChoice, ResolvedModel } from './modelChoice.ts';
import type { Asking, ModelUse } from './modelRun.ts';
import { SOURCE_NAMES } from '../../core/span.ts';

/** Where models are looked for. */
export interface ModelPlaces {
  /** The folder of manifest.json. */
  readonly modelsRoot: string;
  /** Models that the user names in place of the bundled ones. */
  readonly models?: Partial<Readonly<Record<ModelSource, ModelChoice>>> | undefined;
  /** Why what the user named for a family cannot even be read: the bundled model must not stand in for it unseen. */
  readonly refused?: Partial<Readonly<Record<ModelSource, string>>> | undefined;
  /** The folder of downloaded models. */
  readonly storage?: string | undefined;
  /** How generators are asked, where that differs from their templates. */
  readonly asking?: Asking | undefined;
}

/** The models that there are: those that the user named, and for the rest those of the manifest. What was found once is remembered, what failed is looked for again. */
export class ModelDirectory {
  readonly #resolved = new Map<ModelSource, ResolvedModel>();
  #manifest: Manifest | undefined;

  readonly #options: ModelPlaces;

  constructor(options: ModelPlaces) {
    this.#options = options;
  }

  /** True where the user named a model for the family. */
  isOwn(source: ModelSource): boolean {
    return this.#options.models?.[source] !== undefined || this.#options.refused?.[source] !== undefined;
  }

  /** What a family's model is called where nothing is known of it but what the user wrote. */
  nameOf(source: ModelSource): string {
    return this.#options.models?.[source]?.model ?? SOURCE_NAMES[source];
  }

  /** A family's model for whichever scheme it has, full first. */
  any(source: ModelSource): Result<ModelUse> {
    const full = this.use(source, 'full');
    if (full.ok) return full;
    const simplified = this.use(source, 'simplified');
    return simplified.ok ? simplified : full;
  }

  /** A family's model for a scheme. */
  use(source: ModelSource, scheme: Scheme): Result<ModelUse> {
    const resolved = this.isOwn(source) ? this.#named(source) : this.#fromManifest(source, scheme);
    if (!resolved.ok) return resolved;
    const { model } = resolved.value;
    // A model without labels cannot say which label a span has.
    if (scheme === 'full' && !model.schemes.includes('full')) {
      return fail('modelUnfit', `${model.name} knows only B, I and O: it serves the simplified scheme alone.`);
    }
    return ok({ ...resolved.value, scheme, asking: this.#options.asking ?? {} });
  }

  #named(source: ModelSource): Result<ResolvedModel> {
    const known = this.#resolved.get(source);
    const choice = this.#options.models?.[source];
    const refused = this.#options.refused?.[source];
    if (refused !== undefined) return fail('choiceInvalid', refused);
    if (known !== undefined) return ok(known);
    if (choice === undefined) return fail('modelMissing', `No ${source} model is named.`);
    const bundled = choice.server === undefined ? undefined : this.#bundled(source, choice.model);
    const resolved = resolveChoice(choice, source, this.#options.storage, bundled);
    if (resolved.ok) this.#resolved.set(source, resolved.value);
    return resolved;
  }

  /** The model of the manifest that a name at a server stands for: the one of that id or folder, else the family's first. */
  #bundled(source: ModelSource, name: string): ResolvedModel | undefined {
    const first = this.#fromManifest(source, 'full');
    const root = this.#options.modelsRoot;
    const same = this.#manifest?.models.find((one) => one.family === source && [one.id, one.folder].includes(name));
    if (same !== undefined) return { model: same, spec: specOf(same, root), rename: undefined };
    return first.ok ? first.value : undefined;
  }

  #fromManifest(source: ModelSource, scheme: Scheme): Result<ResolvedModel> {
    const root = this.#options.modelsRoot;
    if (this.#manifest === undefined) {
      const read = readManifest(root);
      if (!read.ok) return read;
      this.#manifest = read.value;
    }
    const model = modelFor(this.#manifest, source, scheme);
    if (model !== undefined) return ok({ model, spec: specOf(model, root), rename: undefined });
    const family = SOURCE_NAMES[source];
    return fail('modelMissing', `No ${family} model for the ${scheme} scheme is named in ${root}/manifest.json.`);
  }
}
