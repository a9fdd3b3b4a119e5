import { parseArgs } from 'node:util';

/** Where the workbench is served unless another port is asked for. */
export const DEFAULT_PORT = 8137;

export const usage = `npm start                  VS Code with Entity Lens, served on 127.0.0.1 and opened in a browser
npm start -- --port 9000   on this port (default: ${DEFAULT_PORT}, or the next free one)
npm start -- --no-open     without opening a browser
npm start -- --desktop     in the VS Code that is installed on this machine (its command "code")`;

/** @typedef {{ port: number | undefined, open: boolean, desktop: boolean, help: boolean }} StartArguments */

/**
 * @param {string} text
 * @returns {number}
 */
const parsePort = (text) => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new Error(`--port needs a number from 1 to 65535, not “${text}”.`);
};

/**
 * @param {readonly string[]} args
 * @returns {StartArguments}
 */
export const parseStartArguments = (args) => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        desktop: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const port = values.port === undefined ? undefined : parsePort(values.port);
    return { port, open: !values['no-open'], desktop: values.desktop, help: values.help };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`, { cause: error });
  }
};
