import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { Logger } from 'pino';

import { type ArrivalMessage, arrivalSignal } from '../core/run-events.ts';
import { askTemporal } from './ask-temporal.ts';
import { grpcStatus, grpcStatusOf } from './temporal-error.ts';

/**
 * Makes the function that brings a waiting run its event.
 *
 * @returns a function that answers `gone` when the run has ended or there is none, or when Temporal refuses the signal for
 *   good, e.g. because the run has had as many as it may: what can never be done must not hold up other runs.
 *   It throws BatonError `temporal-unavailable`
 */
export function createRunTeller(
  client: Client,
  log: Logger,
): (workflowId: string, message: ArrivalMessage) => Promise<'told' | 'gone'> {
  return async (workflowId, message) => {
    try {
      await askTemporal(client, () =>
        client.workflow.getHandle(workflowId).signal<[ArrivalMessage]>(arrivalSignal, message),
      );
      return 'told';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'gone';
      if (grpcStatusOf(error) !== grpcStatus.invalidArgument) throw error;
      log.error({ err: error, run: workflowId, step: message.step }, 'the run cannot be told of its event');
      return 'gone';
    }
  };
}
