import { describe, expect, it } from 'vitest';

import type { RunView } from '../../src/core/run-state.ts';
import { wayOn } from '../../src/runs/way-on.ts';

const failed = (more: object): Pick<RunView, 'status' | 'error'> => ({
  status: 'failed',
  error: { code: 'call-refused', message: '', ...more },
});

describe('what is left to a run', () => {
  it.each<[string, Pick<RunView, 'status' | 'error'>, ReturnType<typeof wayOn>]>([
    ['is open', { status: 'stuck', error: null }, null],
    ['is completed', { status: 'completed', error: null }, null],
    ['has failed, and its steps stand', failed({}), 'retry'],
    ['has failed and was taken back', failed({ undone: true }), 'start-anew'],
    [
      'has failed and was taken back in part',
      failed({ undone: false, leftAsTheyAre: ['pay'] }),
      'start-anew',
    ],
    ['is cancelled', { status: 'cancelled', error: null }, 'start-anew'],
    ['is terminated', { status: 'terminated', error: null }, 'start-anew'],
    ['has timed out', { status: 'timed-out', error: null }, 'start-anew'],
  ])('that %s', (_case, run, wanted) => {
    expect(wayOn(run)).toBe(wanted);
  });
});
