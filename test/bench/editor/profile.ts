import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import path from 'node:path';
import process from 'node:process';

/** Does some work; with ENTITY_LENS_PROFILE=FOLDER it leaves a processor profile there, to be opened in a browser's developer tools. */
export async function profiled<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  const folder = process.env['ENTITY_LENS_PROFILE'];
  if (folder === undefined) return work();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  try {
    return await work();
  } finally {
    const { profile } = await session.post('Profiler.stop');
    writeFileSync(path.join(folder, `${name}.cpuprofile`), JSON.stringify(profile));
    session.disconnect();
  }
}
