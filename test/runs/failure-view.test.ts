import { describe, expect, it } from 'vitest';

import type { Json } from '../../src/core/json.ts';
import { viewFailure } from '../../src/runs/failure-view.ts';
import type { Failure } from '../../src/runs/temporal-types.ts';
import { ids, payloads } from './events.ts';

function application(
  type: string,
  more: { message?: string; details?: Json; cause?: Failure } = {},
): Failure {
  return {
    message: more.message ?? `message of ${type}`,
    applicationFailureInfo: { type, ...(more.details !== undefined && { details: payloads(more.details) }) },
    ...(more.cause && { cause: more.cause }),
  };
}

function activity(cause: Failure): Failure {
  return { message: 'Activity task failed', activityFailureInfo: {}, cause };
}

const refused = { status: 402, body: { reason: 'declined' }, step: 'charge' };
const call = activity(application('call-refused', { details: refused }));
const step = application('call-refused', { message: 'charge: declined', details: refused, cause: call });
const timeout: Failure = { message: 'timed out', timeoutFailureInfo: ids({ timeoutType: 4 }) };

describe('viewFailure', () => {
  it.each<[string, Failure | null, unknown]>([
    [
      'a refused call by what the service answered',
      call,
      {
        code: 'call-refused',
        message: 'message of call-refused',
        status: 402,
        details: { reason: 'declined' },
      },
    ],
    [
      'a call that got no answer, whatever lies beneath it',
      activity(application('call-failed', { details: {}, cause: { message: 'connect ECONNREFUSED' } })),
      { code: 'call-failed', message: 'message of call-failed' },
    ],
    [
      'a failed step by its own words',
      step,
      { code: 'call-refused', message: 'charge: declined', status: 402, details: { reason: 'declined' } },
    ],
    [
      'an undone saga by the step that failed',
      application('saga-undone', { details: { undone: true }, cause: step }),
      {
        code: 'call-refused',
        message: 'charge: declined',
        status: 402,
        details: { reason: 'declined' },
        undone: true,
      },
    ],
    [
      'an undone saga that does not say why',
      application('saga-undone'),
      { code: 'saga-undone', message: 'message of saga-undone', undone: true },
    ],
    [
      'a saga with an undo that was given up, naming the step',
      application('saga-undone', { details: { undone: false, leftAsTheyAre: ['ship'] }, cause: step }),
      {
        code: 'call-refused',
        message: 'charge: declined',
        status: 402,
        details: { reason: 'declined' },
        leftAsTheyAre: ['ship'],
      },
    ],
    [
      'a step that a person gave up',
      application('saga-given-up', { details: { undone: false }, cause: step }),
      { code: 'saga-given-up', message: 'message of saga-given-up' },
    ],
    [
      "a process's own failure by its type and details",
      application('limit-exceeded', { details: { limit: 3 }, cause: step }),
      { code: 'limit-exceeded', message: 'message of limit-exceeded', details: { limit: 3 } },
    ],
    ['an error without a type', application('', { message: 'oh' }), { code: 'Error', message: 'oh' }],
    [
      'an error without a type around one that has one',
      application('Error', { cause: step }),
      { code: 'call-refused', message: 'charge: declined', status: 402, details: { reason: 'declined' } },
    ],
    [
      'a dead worker',
      activity(timeout),
      { code: 'call-timed-out', message: 'the worker that made the call gave no sign of life' },
    ],
    ['a cancellation', { message: 'stop', canceledFailureInfo: {} }, { code: 'cancelled', message: 'stop' }],
    ['a terminated child', { message: 'x', terminatedFailureInfo: {} }, { code: 'terminated', message: 'x' }],
    ['nothing', null, { code: 'internal', message: 'failed without saying why' }],
  ])('shows %s', (_case, failure, view) => {
    expect(viewFailure(failure)).toEqual(view);
  });
});
