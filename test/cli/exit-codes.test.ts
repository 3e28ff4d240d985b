import { describe, expect, it } from 'vitest';

import { exitCodeOf } from '../../src/cli/exit-codes.ts';
import { runStatuses } from '../../src/core/run-state.ts';

describe('the exit code of a run', () => {
  it('tells how it ended', () => {
    expect(Object.fromEntries(runStatuses.map((status) => [status, exitCodeOf(status)]))).toEqual({
      ...{ completed: 0, failed: 2, cancelled: 3, terminated: 3, 'timed-out': 3 },
      ...{ running: 4, paused: 4, stuck: 4 },
    });
  });
});
