import { parentPort } from 'node:worker_threads';
import { serveLearning } from './trainer.ts';

if (parentPort === null) throw new Error('This is the thread of Entity Lens that learns; the extension starts it.');
const host = parentPort;
serveLearning({
  post: (message) => {
    host.postMessage(message);
  },
  onMessage: (listener) => {
    host.on('message', listener);
    return { dispose: () => host.off('message', listener) };
  },
});
