import { describe, expect, it } from 'vitest';

import { endOfRun, type RunEnd } from '../../src/runs/run-end.ts';
import { type Attributes, event, payloads } from './events.ts';

describe('the end of a run', () => {
  it.each<[string, Attributes, RunEnd]>([
    [
      'completed, with what it returned',
      { workflowExecutionCompletedEventAttributes: { result: payloads({ outcome: 'shipped' }) } },
      { status: 'completed', output: { outcome: 'shipped' }, error: null },
    ],
    [
      'completed with nothing',
      { workflowExecutionCompletedEventAttributes: {} },
      { status: 'completed', output: null, error: null },
    ],
    [
      'failed, with why',
      {
        workflowExecutionFailedEventAttributes: {
          failure: { message: 'no stock', applicationFailureInfo: { type: 'out-of-stock' } },
        },
      },
      { status: 'failed', output: null, error: { code: 'out-of-stock', message: 'no stock' } },
    ],
    [
      'cancelled',
      { workflowExecutionCanceledEventAttributes: {} },
      { status: 'cancelled', output: null, error: null },
    ],
    [
      'terminated, with the reason that was given',
      { workflowExecutionTerminatedEventAttributes: { reason: 'ordered twice' } },
      { status: 'terminated', output: null, error: { code: 'terminated', message: 'ordered twice' } },
    ],
    [
      'terminated by someone who gave none',
      { workflowExecutionTerminatedEventAttributes: {} },
      {
        status: 'terminated',
        output: null,
        error: { code: 'terminated', message: 'terminated without a reason' },
      },
    ],
    [
      'timed out',
      { workflowExecutionTimedOutEventAttributes: {} },
      {
        status: 'timed-out',
        output: null,
        error: { code: 'timed-out', message: 'the run took longer than it may' },
      },
    ],
    [
      'none where the run goes on in a new execution',
      { workflowExecutionContinuedAsNewEventAttributes: {} },
      { status: 'running', output: null, error: null },
    ],
  ])('is %s', (_case, attributes, end) => {
    expect(endOfRun(event(1, attributes))).toEqual(end);
  });

  it('is no other event', () => {
    expect(endOfRun(event(1, { workflowExecutionCancelRequestedEventAttributes: {} }))).toBeNull();
    expect(endOfRun(event(1, { activityTaskFailedEventAttributes: {} }))).toBeNull();
  });
});
