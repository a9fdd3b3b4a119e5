'use strict';
// Loaded into the server before its own code: ends it when the process that started it is gone, even by force. The
// extension host and what extensions start inherit this option and must not be helped by it.
if (/server-main\.js$/.test(process.argv[1] ?? '')) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, 1000).unref();
}
