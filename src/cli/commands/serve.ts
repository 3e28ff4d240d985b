import { openContext } from '../context.ts';
import { serve } from '../serve.ts';
import { listenForStop } from '../stop-signal.ts';

/** `baton serve`: API and worker in one process, until it is asked to stop. */
export async function serveCommand({ project: dir }: { project: string }): Promise<void> {
  const stop = listenForStop();
  const served = await serve(await openContext(dir));
  await Promise.race([served.done, stop.requested]);
  await served.stop();
}
