import { describe, expect, it } from 'vitest';

import type { ErrorView, RunStatus, StepView } from '../../../src/core/run-state.ts';
import { offersFor, offersForStuck } from '../../../src/page/api/run-actions.ts';
import { step, undo } from '../steps.ts';

const labels = (
  status: RunStatus,
  steps: readonly StepView[] = [],
  error: Partial<ErrorView> | null = null,
): string[] =>
  offersFor({ status, steps, error: error && { code: 'call-refused', message: '', ...error } }).map(
    ({ label }) => label,
  );

describe('what a person may do with a run', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['running', labels('running'), ['Pause', 'Cancel', 'Terminate']],
    [
      'waiting for an attempt',
      labels('running', [step('pay', { status: 'waiting' })]),
      ['Try now', 'Pause', 'Cancel', 'Terminate'],
    ],
    [
      'held at an attempt',
      labels('running', [step('pay', { status: 'paused' })]),
      ['Try now', 'Pause', 'Cancel', 'Terminate'],
    ],
    [
      'waiting for a person',
      labels('running', [step('approval', { status: 'waiting', kind: 'decision' })]),
      ['Pause', 'Cancel', 'Terminate'],
    ],
    ['paused', labels('paused'), ['Resume', 'Cancel', 'Terminate']],
    [
      'stuck at a step',
      labels('stuck', [step('ship', { status: 'stuck' })]),
      ['Retry', 'Undo', 'Give up', 'Cancel', 'Terminate'],
    ],
    [
      'stuck at an undo',
      labels('stuck', [undo('ship', { status: 'stuck' })]),
      ['Retry', 'Give up', 'Cancel', 'Terminate'],
    ],
    ['failed', labels('failed'), ['Retry']],
    ['failed and undone', labels('failed', [], { undone: true }), []],
    ['failed and undone but for a step', labels('failed', [], { undone: false, leftAsTheyAre: ['pay'] }), []],
    ['completed', labels('completed'), []],
  ])('%s', (_case, offered, wanted) => {
    expect(offered).toEqual(wanted);
  });

  it('may settle one of several stuck steps', () => {
    expect(offersForStuck([undo('pay', { status: 'stuck' })]).map(({ action }) => action)).toEqual([
      'retry',
      'give-up',
    ]);
  });
});
