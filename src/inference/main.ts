import { availableParallelism } from 'node:os';
import process from 'node:process';
import type { Port } from '../protocol/channel.ts';
import { useLocalFilesOnly } from './modelStore.ts';
import { serve } from './server.ts';

/** The parent's end of the pipe that fork made. */
const parent: Port = {
  post: (message) => {
    // A parent that has gone closes the pipe before this process hears of it.
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
  },
  onMessage: (listener) => {
    process.on('message', listener);
    return { dispose: () => process.off('message', listener) };
  },
};

if (process.send === undefined) {
  process.stderr.write('This is the model process of Entity Lens; the extension and its command line start it.\n');
  process.exit(2);
}
// Without a parent there is nobody to work for, and models hold hundreds of megabytes.
process.once('disconnect', () => process.exit(0));
// One core stays with the editor unless the host says otherwise.
const wanted = Number(process.env['ENTITY_LENS_THREADS']);
const threads = Number.isInteger(wanted) && wanted > 0 ? wanted : Math.max(1, availableParallelism() - 1);
useLocalFilesOnly();
serve(parent, threads, process.pid);
