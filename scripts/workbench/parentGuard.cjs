'use strict';
// Loaded into the server before its own code: ends it when the process that started it is gone, even by force.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, 1000).unref();
