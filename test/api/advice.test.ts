import { describe, expect, it } from 'vitest';

import { adviseOn, type Asked } from '../../src/api/advice.ts';
import type { RunView, StepView } from '../../src/core/run-state.ts';

const step = (more: Partial<StepView>): StepView => ({
  name: 'ship',
  kind: 'call',
  service: null,
  operation: null,
  run: null,
  status: 'running',
  undoes: null,
  attempt: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  closedAt: null,
  nextAttemptAt: null,
  error: null,
  ...more,
});

const view = (more: Partial<RunView>): RunView => ({
  id: 'o 1',
  process: 'order',
  version: null,
  businessKey: null,
  parent: null,
  status: 'running',
  input: null,
  output: null,
  error: null,
  startedAt: '2026-01-01T00:00:00.000Z',
  closedAt: null,
  stall: null,
  steps: [],
  ...more,
});

const stuck = view({ status: 'stuck', steps: [step({ status: 'stuck' })] });
const paused = view({ status: 'paused' });
const failed = view({ status: 'failed', error: { code: 'x', message: '' } });
const at = '/v1/runs/o%201';
const anew = 'To start it anew with the same input: POST /v1/processes/order/runs, as startAnew has it';

describe('adviseOn', () => {
  it.each<[Asked, string, RunView, string]>([
    ['undo', 'running', view({}), `To stop it and take back what it did: POST ${at}/cancel`],
    ['give-up', 'running', view({}), `To end it and leave things as they are: POST ${at}/terminate`],
    ['undo', 'stuck', stuck, ''],
    ['give-up', 'stuck', stuck, ''],
    ['pause', 'paused', paused, `To let it go on: POST ${at}/resume`],
    ['pause', 'running', view({}), ''],
    ['signal', 'stuck', stuck, `It is stuck at "ship". To try that again: POST ${at}/retry`],
    ['retry', 'paused', paused, `It is paused. To let it go on: POST ${at}/resume`],
    [
      'resume',
      'waiting for a decision',
      view({ steps: [step({ name: 'may it go', kind: 'decision', status: 'waiting' })] }),
      `It waits for the decision "may it go": POST ${at}/signals/may%20it%20go`,
    ],
    ['signal', 'stalled', view({ stall: { reason: 'no-worker', message: 'Start one.' } }), 'Start one.'],
    ['retry', 'running', view({ steps: [step({})] }), 'It is running and goes on by itself'],
    ['cancel', 'failed', failed, `It is failed, and what it did stands. To let it go on: POST ${at}/retry`],
    ['retry', 'failed', failed, ''],
    [
      'pause',
      'completed',
      view({ status: 'completed' }),
      'It is completed. Where its work is to be done again, start a new run',
    ],
  ])('answers "%s" of a run that is %s', (...[asked, , seen, text]) => {
    expect(adviseOn(asked, seen)).toEqual({ text, startAnew: false });
  });

  it.each<[string, RunView, string]>([
    ['cancelled', view({ status: 'cancelled' }), `It is cancelled. ${anew}`],
    [
      'failed and undone',
      view({ status: 'failed', error: { code: 'x', message: '', undone: true } }),
      `It is failed, and what it did was taken back. ${anew}`,
    ],
    [
      'failed and not wholly undone',
      view({ status: 'failed', error: { code: 'x', message: '', undone: false, leftAsTheyAre: ['pay'] } }),
      `It is failed, and what it did was taken back, but for "pay", which is to be settled by hand. ${anew}`,
    ],
    [
      'terminated',
      view({ status: 'terminated' }),
      `It is terminated, and what it did stands. ${anew}, once that is settled`,
    ],
    [
      'timed-out',
      view({ status: 'timed-out' }),
      `It is timed-out, and what it did stands. ${anew}, once that is settled`,
    ],
  ])('has only a new start for a run that is %s', (_state, seen, text) => {
    expect(adviseOn('retry', seen)).toEqual({ text, startAnew: true });
  });
});
