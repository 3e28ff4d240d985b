import { describe, expect, it } from 'vitest';

import type { Json } from '../../src/core/json.ts';
import { findResetPoint } from '../../src/runs/reset-point.ts';
import type { HistoryEvent } from '../../src/runs/temporal-types.ts';
import { ids, payloads } from './events.ts';

/** A call that the workflow task with this id has begun. */
const begun = (activityId: string, workflowTaskCompletedEventId: number): HistoryEvent => ({
  activityTaskScheduledEventAttributes: { activityId, ...ids({ workflowTaskCompletedEventId }) },
});

/** The end of a run that the workflow task with this id has failed. */
const failed = (workflowTaskCompletedEventId: number, details?: Json): HistoryEvent => ({
  workflowExecutionFailedEventAttributes: {
    ...ids({ workflowTaskCompletedEventId }),
    failure: {
      message: 'outer',
      applicationFailureInfo: { type: 'Error' },
      cause: {
        applicationFailureInfo: {
          type: 'call-refused',
          ...(details !== undefined && { details: payloads(details) }),
        },
      },
    },
  },
});

describe('findResetPoint', () => {
  it.each<[string, readonly HistoryEvent[], { eventId: number; steps: string[]; isUndone?: boolean } | null]>(
    [
      [
        'the task that began the failed step, not the one that failed the run',
        [begun('reserve', 4), begun('ship', 9), failed(15, { step: 'ship', status: 422 })],
        { eventId: 9, steps: ['ship'] },
      ],
      [
        'the latest try of a step that was made again',
        [begun('ship', 4), begun('ship', 12), failed(18, { step: 'ship' })],
        { eventId: 12, steps: ['ship'] },
      ],
      [
        'the last call of a saga step that makes several',
        [begun('both/one', 4), begun('both/two', 9), failed(15, { step: 'both', undone: false })],
        { eventId: 9, steps: ['both/two'] },
      ],
      [
        'the first task of those that began the steps that one word gave up',
        [
          begun('book', 4),
          begun('ship', 9),
          begun('pay', 14),
          failed(20, { step: 'pay', givenUp: ['pay', 'ship'] }),
        ],
        { eventId: 9, steps: ['pay', 'ship'] },
      ],
      [
        'the latest try of each step that one word gave up',
        [
          begun('ship', 4),
          begun('pay', 9),
          begun('ship', 14),
          failed(20, { step: 'ship', givenUp: ['pay', 'ship'] }),
        ],
        { eventId: 9, steps: ['pay', 'ship'] },
      ],
      [
        'the task that failed the run, where the step was a quick call',
        [begun('reserve', 4), failed(10, { step: 'price' })],
        { eventId: 10, steps: ['price'] },
      ],
      [
        'the task that failed the run, where the process itself did',
        [begun('reserve', 4), failed(10, { limit: 3 })],
        { eventId: 10, steps: [] },
      ],
      [
        'marked where a step was taken back after it',
        [begun('reserve', 4), begun('ship', 9), begun('undo:reserve', 14), failed(20, { step: 'ship' })],
        { eventId: 9, steps: ['ship'], isUndone: true },
      ],
      [
        'no matter of what was taken back before it',
        [begun('reserve', 4), begun('undo:reserve', 9), begun('ship', 14), failed(20, { step: 'ship' })],
        { eventId: 14, steps: ['ship'] },
      ],
      ['nothing, for a run that has not failed', [begun('reserve', 4)], null],
      ['nothing, for no history', [], null],
    ],
  )('is %s', (_, history, expected) => {
    const point = findResetPoint(history);
    expect(point && { ...point, eventId: Number(point.eventId) }).toEqual(
      expected && { isUndone: false, ...expected },
    );
  });
});
