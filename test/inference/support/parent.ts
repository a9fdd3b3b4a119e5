// A host that starts the model process, tells its id, and then only waits to be killed.
import process from 'node:process';
import { InferenceClient } from '../../../src/node/models/inferenceClient.ts';
import { specOf } from '../../../src/node/models/manifest.ts';
import { bundled, modelsRoot, processEntry } from './bundled.ts';

const client = new InferenceClient({ entry: processEntry, threads: 1, log: () => undefined });
void client.load(specOf(bundled('bert'), modelsRoot)).then(() => {
  process.stdout.write(`${client.pid ?? 0}\n`);
});
