import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { report } from '../core/corpora.ts';
import { cli, repository } from '../cli/support/command.ts';
import { until } from '../support/until.ts';
import { freePort } from './support/freePort.ts';
import { environment, startServer } from './support/python.ts';
import type { RunningServer } from './support/python.ts';

const large = path.resolve(repository, '..', 'shared', 'data', 'uner', 'uner_en_ewt.test.iob2');
const corpus = existsSync(large) ? large : path.join(repository, 'samples', 'ewt-sample.iob2');

/** What stands in the columns but who annotated. */
const tagsIn = (text: string): string => text.replaceAll(/^(\d+\t[^\t]*\t[^\t]*)\t.*$/gmu, '$1');

describe('MLServer from PyPI, with the files that serve-files writes', function () {
  this.timeout(600_000);
  let folder = '';
  let server: RunningServer | undefined;
  let address = '';

  before(async function () {
    const python = await environment('mlserver', ['mlserver', 'onnxruntime']);
    if ('missing' in python) {
      report(`not run: ${python.missing}`);
      this.skip();
    }
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-mlserver-'));
    const files = path.join(folder, 'files');
    const made = await cli('serve-files', '--model', 'bert-full', '--for', 'mlserver', '--out', files);
    assert.equal(made.code, 0, made.stderr);
    const [http, grpc, metrics] = [await freePort(), await freePort(), await freePort()];
    const settings = JSON.parse(await readFile(path.join(files, 'settings.json'), 'utf8')) as object;
    const ports = { http_port: http, grpc_port: grpc, metrics_port: metrics };
    await writeFile(path.join(files, 'settings.json'), JSON.stringify({ ...settings, ...ports }));
    address = `http://127.0.0.1:${String(http)}`;
    const running = startServer(path.join(python.bin, 'mlserver'), ['start', '.'], files);
    server = running;
    await until(
      `MLServer: ${running.said()}`,
      async () => (await fetch(`${address}/v2/models/bert-full/ready`)).ok,
      120_000,
    );
  });
  after(async () => {
    await server?.stop();
    if (folder !== '') await rm(folder, { recursive: true, force: true });
  });

  it('gives the same tags as the local process, sentence by sentence', async () => {
    const [local, remote] = [path.join(folder, 'local.iob2'), path.join(folder, 'remote.iob2')];
    const common = ['annotate', corpus, '--system', 'bert'];
    const here = await cli(...common, '--out', local);
    assert.equal(here.code, 0, here.stderr);
    const started = performance.now();
    const there = await cli(
      ...[...common, '--server', address, '--protocol', 'oip', '--model', 'bert-full', '--out', remote],
      ...['--tokenizer', path.join(folder, 'files', 'tokenizer')],
    );
    assert.equal(there.code, 0, there.stderr);
    const seconds = (performance.now() - started) / 1000;
    const tags = tagsIn(await readFile(remote, 'utf8'));
    assert.equal(tags, tagsIn(await readFile(local, 'utf8')));
    const sentences = tags.split('\n\n').length - 1;
    report(
      `${path.basename(corpus)}: ${String(sentences)} sentences by MLServer in ${seconds.toFixed(1)} s, start included`,
    );
  });

  it('is told from a model that it does not have, with what to change', async () => {
    const { code, stderr } = await cli(
      ...['annotate', path.join(repository, 'samples', 'news.txt'), '--system', 'bert', '--out', '-'],
      ...['--server', address, '--protocol', 'oip', '--model', 'none', '--budget', '5', '--timeout', '5'],
    );
    assert.equal(code, 1);
    assert.match(stderr, /answers 404.*check the address, the protocol and the name of the model/u);
  });
});
