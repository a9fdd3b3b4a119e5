// npm test [-- LAYER...] [-g PATTERN]: sets up what is missing and runs every layer of tests, or the named ones.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBrowser } from './browser.mjs';
import { say } from './lib/log.mjs';
import { stopOnSignals } from './lib/processes.mjs';
import { run } from './lib/run.mjs';
import { ensureBuild, ensureDependencies, extensionParts, runMain } from './setup.mjs';
import { chooseLayers, nodeArguments, nodeProgram } from './test/layers.mjs';
import {
  exitCode,
  outcomeOfCheck,
  outcomeOfRefusal,
  outcomeOfSuites,
  readResults,
  summaryLine,
} from './test/results.mjs';
import { ensureWorkbench } from './workbench/install.mjs';

/** @typedef {import('./test/layers.mjs').Layer} Layer */
/** @typedef {import('./test/layers.mjs').Need} Need */
/** @typedef {import('./test/results.mjs').LayerOutcome} LayerOutcome */

/** @type {Readonly<Record<Need, () => Promise<unknown>>>} */
const providers = {
  build: () => ensureBuild([...extensionParts, 'cli', 'tests']),
  browser: () => ensureBrowser(),
  workbench: () => ensureWorkbench(),
};

/**
 * Provides everything the layers need, and says what could not be provided.
 * @param {readonly Layer[]} layers
 * @returns {Promise<ReadonlyMap<Need, string>>} reasons by need
 */
const provide = async (layers) => {
  const needs = new Set(layers.flatMap((layer) => (layer.kind === 'check' ? [] : layer.needs)));
  /** @type {Map<Need, string>} */
  const missing = new Map();
  for (const need of needs) {
    try {
      await providers[need]();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      missing.set(need, reason);
      say(reason);
    }
  }
  return missing;
};

/**
 * @param {Layer} layer
 * @param {ReadonlyMap<Need, string>} missing
 * @param {{ folder: string, grep: string | undefined }} options where results go, which tests are wanted
 * @returns {Promise<LayerOutcome>}
 */
const runLayer = async (layer, missing, { folder, grep }) => {
  const name = layer.name;
  console.log(`\n== ${name}`);
  const reasons = layer.kind === 'check' ? [] : layer.needs.flatMap((need) => missing.get(need) ?? []);
  if (reasons.length > 0) return outcomeOfRefusal(name, reasons.join('\n'));
  const resultsFile = path.join(folder, `${name}.json`);
  const args = await nodeArguments(layer, { resultsFile, grep });
  const { code, timedOut } = await run(nodeProgram, args, { timeoutMs: layer.minutes * 60_000 });
  if (layer.kind === 'check') return outcomeOfCheck({ layer: name, code, timedOut });
  const text = await readResults(resultsFile);
  return outcomeOfSuites({ layer: name, text, code, timedOut, filtered: grep !== undefined });
};

/** @param {readonly LayerOutcome[]} outcomes */
const report = (outcomes) => {
  console.log('\n== results');
  for (const { layer, passed, skipped, failures } of outcomes) {
    const counts = `${passed} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    console.log(`${failures.length > 0 ? '✗' : '✓'} ${layer.padEnd(10)} ${counts}`);
  }
  for (const { layer, failures } of outcomes) {
    for (const failure of failures) {
      console.log(`\n✗ ${layer}: ${failure.name}`);
      if (failure.error !== undefined) console.log(failure.error.replace(/^/gm, '    '));
    }
  }
  console.log(`\n${summaryLine(outcomes)}`);
};

await runMain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: 'string', short: 'g' } },
  });
  const layers = chooseLayers(positionals).filter((layer) => values.grep === undefined || layer.kind !== 'check');
  stopOnSignals(130);
  await ensureDependencies();
  const missing = await provide(layers);
  /** @type {LayerOutcome[]} */
  const outcomes = [];
  // A folder of this run's own, so that two runs at once cannot read each other's results.
  const folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-results-'));
  for (const layer of layers) outcomes.push(await runLayer(layer, missing, { folder, grep: values.grep }));
  await rm(folder, { recursive: true, force: true });
  report(outcomes);
  return exitCode(outcomes);
});
