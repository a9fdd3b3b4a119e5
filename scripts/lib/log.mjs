import process from 'node:process';

/**
 * Says what is being done. The lines go to stderr where stdout belongs to a command's own output.
 * @param {string} message
 */
export const say = (message) => {
  const stream = process.env['ENTITY_LENS_QUIET_STDOUT'] === '1' ? process.stderr : process.stdout;
  stream.write(`· ${message}\n`);
};

/**
 * Says what is being done and, at the end, how long it took.
 * @template T
 * @param {string} message
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const step = async (message, work) => {
  const start = Date.now();
  say(`${message} …`);
  const result = await work();
  const seconds = (Date.now() - start) / 1000;
  if (seconds >= 1) say(`  done in ${seconds.toFixed(0)} s`);
  return result;
};
