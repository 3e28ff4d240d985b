import { type ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';

import { createEventActivities } from '../../src/activities/event-activities.ts';
import type { CloudEvent } from '../../src/core/cloud-event.ts';
import { BatonError, type Fault } from '../../src/core/errors.ts';
import { eventActivities, type RunEvents } from '../../src/core/run-events.ts';

const event: CloudEvent = { specversion: '1.0', id: '1', source: '/test', type: 'paid' };

/** A log of which every method does this. */
function logThat(does: () => Promise<never>): RunEvents {
  return { emit: does, listen: does, unlisten: does };
}

async function emit(
  events: RunEvents | null,
  environment = new MockActivityEnvironment({ attempt: 3 }),
  faults: readonly Fault[] = [],
): Promise<unknown> {
  const activities = createEventActivities({ events, dataFaults: () => faults, random: () => 0 });
  return environment.run(activities[eventActivities.emit], { event });
}

const failureOf = (promise: Promise<unknown>): Promise<ApplicationFailure> =>
  promise.then(
    () => Promise.reject(new Error('it succeeded')),
    (error: unknown) => error as ApplicationFailure,
  );

describe('an activity that uses the event log', () => {
  it('gives back the type of the event and its position', async () => {
    const log = { ...logThat(() => Promise.reject(new Error('not asked'))), emit: () => Promise.resolve(7) };
    await expect(emit(log)).resolves.toEqual({ type: 'paid', position: 7 });
  });

  it('is tried again with backoff while the log is away', async () => {
    const away = logThat(() => Promise.reject(new BatonError('database-unavailable', 'PostgreSQL is away')));
    await expect(failureOf(emit(away))).resolves.toMatchObject({
      ...{ type: 'database-unavailable', message: 'PostgreSQL is away', nonRetryable: false },
      nextRetryDelay: 1_000,
    });
  });

  it('is tried again after any other fault too, which someone can mend', async () => {
    const broken = logThat(() => Promise.reject(new Error('permission denied for schema baton')));
    await expect(failureOf(emit(broken))).resolves.toMatchObject({
      ...{ type: 'internal', message: 'permission denied for schema baton', nonRetryable: false },
    });
  });

  it('fails for good where the worker has no event log, and says what to set', async () => {
    await expect(failureOf(emit(null))).resolves.toMatchObject({
      ...{ type: 'event-log-off', nonRetryable: true, message: /DATABASE_URL/ },
    });
  });

  it('appends nothing that breaks the schema of its type, and fails for good with every fault', async () => {
    const asked: CloudEvent[] = [];
    const log = { ...logThat(() => Promise.reject(new Error('not asked'))), emit: keep };
    function keep(one: CloudEvent): Promise<number> {
      return Promise.resolve(asked.push(one));
    }
    const faults = ['/data/total is required', '/data/lines/0 must be a string'].map((message) => ({
      pointer: message.replace(/ .*/, ''),
      message,
    }));
    await expect(failureOf(emit(log, undefined, faults))).resolves.toMatchObject({
      ...{ type: 'invalid-event', nonRetryable: true },
      message:
        'the event does not match the schema of its type paid: /data/total is required; /data/lines/0 must be a string',
    });
    expect(asked).toEqual([]);
  });

  it('is cancelled, or handed to another worker, without waiting for the log', async () => {
    const hangs = logThat(() => new Promise(() => undefined));
    const stop = async (reason: 'CANCELLED' | 'WORKER_SHUTDOWN'): Promise<unknown> => {
      const environment = new MockActivityEnvironment({ attempt: 1 });
      const failure = failureOf(emit(hangs, environment));
      environment.cancel(reason);
      return failure;
    };
    await expect(stop('CANCELLED')).resolves.toBeInstanceOf(CancelledFailure);
    await expect(stop('WORKER_SHUTDOWN')).resolves.toMatchObject({ details: [{ interrupted: true }] });
  });
});
