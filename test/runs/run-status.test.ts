import { describe, expect, it } from 'vitest';

import { toRunStatus } from '../../src/runs/run-status.ts';

describe('toRunStatus', () => {
  it.each([
    [1, null, 'running'],
    [1, 'stuck', 'stuck'],
    [1, 'paused', 'paused'],
    [1, 'something else', 'running'],
    [2, 'stuck', 'completed'],
    [3, null, 'failed'],
    [4, null, 'cancelled'],
    [5, 'stuck', 'terminated'],
    [6, null, 'running'],
    [7, null, 'timed-out'],
    [8, null, 'paused'],
    [null, null, 'running'],
  ])('%s with the attribute %s is %s', (execution, attribute, status) => {
    expect(toRunStatus(execution, attribute)).toBe(status);
  });
});
