import type { Client } from '@temporalio/client';

import type { RunView } from '../core/run-state.ts';
import { viewRun } from '../runs/view-run.ts';
import { readRun } from '../temporal/read-run.ts';
import { type Outage, watchRun } from '../temporal/watch-run.ts';

/**
 * Reads a run and computes its view.
 *
 * @throws BatonError `run-not-found`, `temporal-unavailable`
 */
export async function loadRunView(client: Client, id: string): Promise<RunView> {
  return viewRun({ ...(await readRun(client, id)), now: new Date() });
}

/**
 * Watches a run and computes its view anew after each change, until it has ended.
 *
 * @throws BatonError `run-not-found`
 */
export async function* watchRunView(
  client: Client,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<RunView | Outage, void> {
  for await (const look of watchRun(client, id, signal)) {
    yield 'away' in look ? look : viewRun({ ...look, now: new Date() });
  }
}
