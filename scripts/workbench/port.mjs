import { createServer } from 'node:net';

/**
 * Whether a server can listen there now.
 * @param {number} port 0 asks for any free one
 * @returns {Promise<number | undefined>} the port, or nothing when it is taken or not allowed
 */
export const tryPort = (port) =>
  new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => {
      resolve(undefined);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const found = typeof address === 'object' && address !== null ? address.port : undefined;
      server.close(() => {
        resolve(found);
      });
    });
  });

/** A port that nobody uses now. */
export const freePort = async () => {
  const port = await tryPort(0);
  if (port === undefined) throw new Error('No free port on 127.0.0.1.');
  return port;
};

/**
 * The first free port from `wanted` on.
 * @param {number} wanted
 * @param {number} [tries]
 */
export const nextFreePort = async (wanted, tries = 50) => {
  for (let port = wanted; port < Math.min(wanted + tries, 65536); port += 1) {
    if ((await tryPort(port)) !== undefined) return port;
  }
  throw new Error(`No free port from ${wanted} to ${wanted + tries - 1} on 127.0.0.1; choose one with --port.`);
};
