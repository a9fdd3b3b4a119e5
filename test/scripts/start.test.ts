import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { parseStartArguments } from '../../scripts/start/arguments.mjs';
import { openCommand } from '../../scripts/start/openBrowser.mjs';
import { freePort, nextFreePort, tryPort } from '../../scripts/workbench/port.mjs';
import { workbenchUrl } from '../../scripts/workbench/url.mjs';

describe('arguments of npm start', () => {
  it('serves, opens a browser and chooses the port without any', () => {
    assert.deepEqual(parseStartArguments([]), { port: undefined, open: true, desktop: false, help: false });
  });

  it('takes a port, --no-open and --desktop', () => {
    assert.equal(parseStartArguments(['--port', '9000']).port, 9000);
    assert.equal(parseStartArguments(['--port=9001']).port, 9001);
    assert.equal(parseStartArguments(['--no-open']).open, false);
    assert.equal(parseStartArguments(['--desktop']).desktop, true);
  });

  it('explains what it does not understand', () => {
    for (const port of ['0', '65536', '80a', '', '-1', '1e3']) {
      assert.throws(() => parseStartArguments([`--port=${port}`]), /--port needs a number from 1 to 65535/, port);
    }
    assert.throws(() => parseStartArguments(['--prot', '1']), /npm start -- --port 9000/);
    assert.throws(() => parseStartArguments(['samples']), /npm start/);
  });
});

describe('the address of the workbench', () => {
  const url = new URL(
    workbenchUrl({
      port: 8137,
      folder: '/home/ann/my corpus/#1',
      extension: '/home/ann/lens',
      tests: '/home/ann/lens/tests.cjs',
      files: ['/home/ann/my corpus/a&b.txt'],
    }),
  );

  it('names the folder so that it survives blanks and marks', () => {
    assert.equal(url.host, '127.0.0.1:8137');
    assert.equal(url.searchParams.get('folder'), '/home/ann/my corpus/#1');
  });

  it('names everything in the payload by the host and port of the address bar', () => {
    assert.deepEqual(JSON.parse(url.searchParams.get('payload') ?? ''), [
      ['extensionDevelopmentPath', 'vscode-remote://127.0.0.1:8137/home/ann/lens'],
      ['extensionTestsPath', 'vscode-remote://127.0.0.1:8137/home/ann/lens/tests.cjs'],
      ['openFile', 'vscode-remote://127.0.0.1:8137/home/ann/my%20corpus/a&b.txt'],
    ]);
  });

  it('has no payload without something to load', () => {
    assert.equal(workbenchUrl({ port: 1, folder: '/ws' }), 'http://127.0.0.1:1/?folder=%2Fws');
  });
});

describe('ports', () => {
  it('sees that a port is taken and finds the next free one', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      assert.equal(await tryPort(port), undefined);
      assert.ok((await nextFreePort(port)) > port);
      await assert.rejects(nextFreePort(port, 1), /No free port from .*--port/);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    assert.equal(await tryPort(port), port);
    assert.ok((await freePort()) > 1023);
  });
});

describe('opening a browser', () => {
  const url = 'http://127.0.0.1:8137/?folder=%2Fws&payload=%5B%5D';

  it('uses what the system offers', () => {
    assert.equal(openCommand(url, { platform: 'darwin', env: {} })?.command, 'open');
    assert.deepEqual(openCommand(url, { platform: 'win32', env: {} })?.args.at(-1), url);
    assert.equal(openCommand(url, { platform: 'linux', env: { DISPLAY: ':0' } })?.command, 'xdg-open');
    assert.equal(openCommand(url, { platform: 'linux', env: { BROWSER: '/opt/reach' } })?.command, '/opt/reach');
  });

  it('is left out where there is no screen', () => {
    assert.equal(openCommand(url, { platform: 'linux', env: {} }), undefined);
    assert.equal(openCommand(url, { platform: 'linux', env: { DISPLAY: ':0', CI: 'true' } }), undefined);
  });
});
