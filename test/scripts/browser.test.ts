import assert from 'node:assert/strict';
import { browserCandidates, findBrowser } from '../../scripts/browser.mjs';

const machine = (platform: NodeJS.Platform, env: Record<string, string>, ...installed: string[]) => ({
  platform,
  env,
  exists: (file: string) => installed.includes(file),
});

describe('the search for a browser', () => {
  it('takes CHROME_PATH before everything else', () => {
    const found = findBrowser(
      machine('linux', { CHROME_PATH: '/opt/chrome', PATH: '/usr/bin' }, '/opt/chrome', '/usr/bin/chromium'),
    );
    assert.equal(found, '/opt/chrome');
  });

  it('does not silently use another browser than the one CHROME_PATH names', () => {
    assert.throws(
      () => findBrowser(machine('linux', { CHROME_PATH: '/opt/gone', PATH: '/usr/bin' }, '/usr/bin/chromium')),
      /CHROME_PATH names \/opt\/gone/,
    );
  });

  it('looks along the path on Linux, Chromium first, then Chrome, then Edge', () => {
    const env = { PATH: '/usr/local/bin:/usr/bin' };
    const all = ['/usr/bin/microsoft-edge', '/usr/local/bin/google-chrome', '/usr/bin/chromium'];
    assert.equal(findBrowser(machine('linux', env, ...all)), '/usr/bin/chromium');
    assert.equal(findBrowser(machine('linux', env, ...all.slice(0, 2))), '/usr/local/bin/google-chrome');
    assert.equal(findBrowser(machine('linux', env, ...all.slice(0, 1))), '/usr/bin/microsoft-edge');
    assert.equal(findBrowser(machine('linux', env)), undefined);
  });

  it('looks into the folders of applications on macOS and Windows', () => {
    const edge = '/Users/ann/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
    assert.equal(findBrowser(machine('darwin', { HOME: '/Users/ann' }, edge)), edge);
    const chrome = 'C:\\Program Files/Google/Chrome/Application/chrome.exe';
    assert.equal(findBrowser(machine('win32', { PROGRAMFILES: 'C:\\Program Files' }, chrome)), chrome);
    assert.deepEqual(browserCandidates(machine('win32', {})), []);
  });
});
