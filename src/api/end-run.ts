import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';

import { BatonError } from '../core/errors.ts';
import { askTemporal } from '../temporal/ask-temporal.ts';

/**
 * Asks a run to stop and to take back what it did. It ends when that is done.
 *
 * @throws BatonError `run-closed`; WorkflowNotFoundError when there is no such run
 */
export async function cancelRun(client: Client, id: string): Promise<void> {
  await ofOpenRun(client, id, () => client.workflow.getHandle(id).cancel());
}

/**
 * Ends a run at once, without any undo.
 *
 * @throws BatonError `run-closed`; WorkflowNotFoundError when there is no such run
 */
export async function terminateRun(client: Client, id: string, reason: string | undefined): Promise<void> {
  await ofOpenRun(client, id, () => client.workflow.getHandle(id).terminate(reason));
}

async function ofOpenRun(client: Client, id: string, act: () => Promise<unknown>): Promise<void> {
  // Temporal takes the cancelling of a run that has ended without a word.
  const { status } = await askTemporal(client, () => client.workflow.getHandle(id).describe());
  if (status.name !== 'RUNNING' && status.name !== 'PAUSED') throw closed(id);
  try {
    await askTemporal(client, act);
  } catch (error) {
    // It was open a moment ago.
    throw error instanceof WorkflowNotFoundError ? closed(id) : error;
  }
}

function closed(id: string): BatonError {
  return new BatonError('run-closed', `Run "${id}" has ended already`);
}
