import { ApplicationFailure, Context } from '@temporalio/activity';

import { BatonError, type ErrorCode } from '../core/errors.ts';
import { nextDelay } from '../core/retry-policy.ts';
import {
  type EmitInput,
  type EmitOutcome,
  eventActivities,
  eventRetryPolicy,
  type ListenInput,
  type ListenOutcome,
  type RunEvents,
  type UnlistenInput,
} from '../core/run-events.ts';
import { beat } from './heartbeat.ts';
import { interruption } from './interruption.ts';

/** What the steps `emit` and `listen` do outside of the sandbox. */
export interface EventActivities {
  readonly [eventActivities.emit]: (input: EmitInput) => Promise<EmitOutcome>;
  readonly [eventActivities.listen]: (input: ListenInput) => Promise<ListenOutcome>;
  readonly [eventActivities.unlisten]: (input: UnlistenInput) => Promise<void>;
}

/**
 * Makes the activities that use the event log. Without one they fail for good; what else goes wrong can be mended outside
 * of the run, so it is tried again.
 *
 * @param events `null` where this worker has no event log
 * @param random a number in [0, 1), for jitter
 */
export function createEventActivities(events: RunEvents | null, random: () => number): EventActivities {
  const run = (): string => Context.current().info.workflowExecution?.workflowId ?? '';
  const withLog = async <Outcome>(work: (log: RunEvents) => Promise<Outcome>): Promise<Outcome> => {
    if (events === null) throw eventLogOff();
    return attempt(() => work(events), random);
  };
  return {
    [eventActivities.emit]: async ({ event }) =>
      withLog(async (log) => ({ type: event.type, position: await log.emit(event) })),
    [eventActivities.listen]: async (input) => withLog(async (log) => log.listen(run(), input)),
    [eventActivities.unlisten]: async ({ step }) => withLog(async (log) => log.unlisten(run(), step)),
  };
}

async function attempt<Outcome>(work: () => Promise<Outcome>, random: () => number): Promise<Outcome> {
  const context = Context.current();
  const stopBeating = beat(context);
  try {
    return await Promise.race([work(), context.cancelled]);
  } catch (error) {
    const { cancellationSignal } = context;
    if (cancellationSignal.aborted) throw interruption(cancellationSignal.reason);
    throw toFailure(error, { attempt: context.info.attempt, random: random() });
  } finally {
    stopBeating();
  }
}

function toFailure(error: unknown, at: { attempt: number; random: number }): ApplicationFailure {
  return ApplicationFailure.create({
    type: error instanceof BatonError ? error.code : ('internal' satisfies ErrorCode),
    message: error instanceof Error ? error.message : String(error),
    nonRetryable: false,
    nextRetryDelay: nextDelay(eventRetryPolicy, at),
    ...(error instanceof Error && { cause: error }),
  });
}

function eventLogOff(): ApplicationFailure {
  const code: ErrorCode = 'event-log-off';
  return ApplicationFailure.nonRetryable('this worker has no event log; set DATABASE_URL for it', code);
}
