import { describe, expect, it } from 'vitest';

import type { StepStatus } from '../../src/core/run-state.ts';
import { mayStillSucceed } from '../../src/runs/step-status.ts';

const expected: Readonly<Record<StepStatus, boolean>> = {
  scheduled: true,
  running: true,
  waiting: true,
  paused: true,
  completed: false,
  failed: false,
  stuck: false,
  cancelled: false,
  'timed-out': false,
};

describe('a step', () => {
  it.each(Object.entries(expected))('that is %s may still succeed: %s', (status, may) => {
    expect(mayStillSucceed(status as StepStatus)).toBe(may);
  });
});
