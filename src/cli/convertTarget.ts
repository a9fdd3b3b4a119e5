import { readFileSync } from 'node:fs';
import { EXPORT_MANIFEST, manifestText } from '../core/exportManifest.ts';
import type { ExportManifest } from '../core/exportManifest.ts';
import type { Format, Output } from '../core/formats/format.ts';
import { shapeOf } from '../core/formats/parts.ts';
import { writeAtomically } from '../node/atomicWrite.ts';
import { CorpusOutput, isFilledFolder } from '../node/corpus/corpusOutput.ts';
import { outputPlace } from '../node/outputPlace.ts';
import { refuseInputs } from './refuseInputs.ts';
import { CliError, UsageError } from './io.ts';
import type { CliContext } from './io.ts';

/** Where text goes: a file or folder that is put in its place at the end, or stdout. */
export interface ConvertTarget {
  readonly write: (output: Output) => void;
  readonly transform: CorpusOutput['transform'];
  readonly finish: (manifest: Omit<ExportManifest, 'outputs'> | undefined) => Promise<void>;
  readonly discard: () => void;
}

/** How `--out` is to be treated. */
export interface TargetWish {
  readonly out: string;
  readonly force: boolean;
  readonly split: boolean;
  readonly manifest: boolean;
  /** The files that are read, which are never written. */
  readonly inputs: readonly string[];
}

/** The target that `--out` names. */
export function targetOf(
  { out, force, split, manifest: hashing, inputs }: TargetWish,
  format: Format,
  context: CliContext,
): ConvertTarget {
  const shape = shapeOf(format, split);
  if (out === '-') {
    if (shape !== 'file')
      throw new UsageError(`${split ? 'A split corpus' : format.id} is a folder: --out must name one.`);
    return {
      write: ({ text }) => {
        context.write(text);
      },
      transform: () => undefined,
      finish: () => Promise.resolve(),
      discard: () => undefined,
    };
  }
  // Puts back a folder that a killed command had moved aside, before anyone asks whether there is one.
  if (shape === 'folder' && !force && isFilledFolder(outputPlace(out).real))
    throw new CliError(`${out} is there already and holds files: choose another folder, or say --force.`);
  const manifestFile = shape === 'file' && hashing ? `${out}.${EXPORT_MANIFEST}` : undefined;
  if (shape === 'file') refuseInputs([out, ...(manifestFile === undefined ? [] : [manifestFile])], inputs);
  if (manifestFile !== undefined && !force && isForeign(manifestFile))
    throw new CliError(`${manifestFile} is there already and no manifest of an export: move it, or say --force.`);
  const output = new CorpusOutput(out, shape, hashing);
  return {
    write: (piece) => {
      output.write(piece);
    },
    transform: (ending, other, make) => {
      output.transform(ending, other, make);
    },
    finish: async (manifest) => {
      const outputs = output.seal();
      const text = manifest === undefined ? undefined : manifestText({ ...manifest, outputs });
      if (shape === 'folder' && text !== undefined) output.write({ file: EXPORT_MANIFEST, text });
      refuseInputs(output.targets, inputs);
      output.finish(force);
      if (manifestFile !== undefined && text !== undefined) await writeAtomically(manifestFile, text);
    },
    discard: () => {
      output.discard();
    },
  };
}

/** Whether a file is there that is no manifest of ours. */
function isForeign(file: string): boolean {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return false;
  }
  return !/^\{\s*"kind":\s*"entity-lens-export"/.test(text);
}
