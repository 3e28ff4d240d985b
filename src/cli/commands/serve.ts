import { openContext } from '../context.ts';
import { serve } from '../serve.ts';
import { runUntilStopped } from '../stop-signal.ts';

/** `baton serve`: API and worker in one process, until it is asked to stop. */
export async function serveCommand({ project: dir }: { project: string }): Promise<void> {
  await runUntilStopped(async (stop) => {
    const served = await serve(await openContext(dir), stop);
    await Promise.race([served.done, stop.requested]);
    await served.stop();
  });
}
