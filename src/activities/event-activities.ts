import { ApplicationFailure, Context } from '@temporalio/activity';

import type { CloudEvent } from '../core/cloud-event.ts';
import { BatonError, type ErrorCode, type Fault } from '../core/errors.ts';
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
import { sayFaults } from '../core/say-faults.ts';
import { beat } from './heartbeat.ts';
import { interruption } from './interruption.ts';

/** What the steps `emit` and `listen` do outside of the sandbox. */
export interface EventActivities {
  readonly [eventActivities.emit]: (input: EmitInput) => Promise<EmitOutcome>;
  readonly [eventActivities.listen]: (input: ListenInput) => Promise<ListenOutcome>;
  readonly [eventActivities.unlisten]: (input: UnlistenInput) => Promise<void>;
}

export interface EventActivityDeps {
  /** `null` where this worker has no event log. */
  readonly events: RunEvents | null;
  /** What is wrong with an event's data by the schema that the project declares for its type. */
  readonly dataFaults: (event: CloudEvent) => readonly Fault[];
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
}

/**
 * Makes the activities that use the event log. Without one they fail for good, as an event does that breaks the schema of
 * its type; what else goes wrong can be mended outside of the run, so it is tried again.
 */
export function createEventActivities({ events, dataFaults, random }: EventActivityDeps): EventActivities {
  const run = (): string => Context.current().info.workflowExecution?.workflowId ?? '';
  const withLog = async <Outcome>(work: (log: RunEvents) => Promise<Outcome>): Promise<Outcome> => {
    if (events === null) throw eventLogOff();
    return attempt(() => work(events), random);
  };
  return {
    [eventActivities.emit]: async ({ event }) => {
      const faults = dataFaults(event);
      if (faults.length > 0) throw invalidEvent(event, faults);
      return withLog(async (log) => ({ type: event.type, position: await log.emit(event) }));
    },
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

/** The process made the event, and would make the same one again. Its type is in the details, where the view of a run looks for it. */
function invalidEvent({ type }: CloudEvent, faults: readonly Fault[]): ApplicationFailure {
  const code: ErrorCode = 'invalid-event';
  const message = `the event does not match the schema of its type ${type}: ${sayFaults(faults)}`;
  return ApplicationFailure.nonRetryable(message, code, { type });
}

function eventLogOff(): ApplicationFailure {
  const code: ErrorCode = 'event-log-off';
  return ApplicationFailure.nonRetryable('this worker has no event log; set DATABASE_URL for it', code);
}
