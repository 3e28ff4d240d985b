import type { Client } from '@temporalio/client';

import type { RunView } from '../core/run-state.ts';
import { viewRun } from '../runs/view-run.ts';
import { readRun } from '../temporal/read-run.ts';

/**
 * Reads a run and computes its view.
 *
 * @throws BatonError `run-not-found`, `temporal-unavailable`
 */
export async function loadRunView(client: Client, id: string): Promise<RunView> {
  return viewRun({ ...(await readRun(client, id)), now: new Date() });
}
