import { ApplicationFailure } from '@temporalio/common';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';

import { toTemporalLogger } from '../../src/workers/temporal-logger.ts';

/** What is written for one message of Temporal's. */
function write(level: 'info' | 'warn', message: string, meta: Record<string, unknown>): unknown {
  const lines: string[] = [];
  const log = pino({ level: 'trace', base: null, timestamp: false }, { write: (line) => lines.push(line) });
  toTemporalLogger(log)[level](message, meta);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '');
}

const warn = (message: string, meta: Record<string, unknown>): unknown => write('warn', message, meta);

const [debug, info, warning] = [20, 30, 40];

describe("Temporal's logger on ours", () => {
  it('tells of a service that refused in one line of information', () => {
    const error = ApplicationFailure.nonRetryable('pay: 402', 'call-refused');
    const meta = { workflowId: 'r-1', activityId: 'pay', activityType: 'payment.pay', attempt: 2, error };
    expect(warn('Activity failed', meta)).toEqual({
      ...{ level: info, runId: 'r-1', step: 'pay', service: 'payment', operation: 'pay', attempt: 2 },
      ...{ code: 'call-refused', failure: 'pay: 402', msg: 'Activity failed' },
    });
  });

  it('tells of a run that failed in one line of information, as its error comes out of the sandbox', () => {
    const error = new Error('ship: 422; 3 steps were undone');
    expect(warn('Workflow failed', { workflowId: 'r-1', workflowType: 'order', error })).toEqual({
      ...{ level: info, runId: 'r-1', process: 'order' },
      ...{ failure: 'ship: 422; 3 steps were undone', msg: 'Workflow failed' },
    });
  });

  it('tells of a bug in a process as an error, with its stack: the run has not failed, but stands still', () => {
    const error = new TypeError('x is not a function');
    const meta = { workflowId: 'r-1', workflowType: 'order', isBug: true, error };
    expect(warn('Workflow failed', meta)).toMatchObject({
      ...{ level: 50, runId: 'r-1', process: 'order', msg: 'a bug in the process holds its run' },
      err: { stack: expect.stringContaining('temporal-logger.test.ts') as string },
    });
  });

  it.each([
    ['debug', 'the SDK says of itself', 'worker', debug],
    ['info', 'a process logs', 'workflow', info],
  ])('writes at the level %s what %s as information', (...[, , sdkComponent, level]) => {
    expect(write('info', 'hello', { sdkComponent })).toMatchObject({ level, msg: 'hello' });
  });

  it('keeps the stack of any other error, and its level', () => {
    const line = warn('Failed to activate workflow', { error: new TypeError('x is not a function') });
    expect(line).toMatchObject({
      level: warning,
      err: { type: 'TypeError', stack: expect.stringContaining('temporal-logger.test.ts') as string },
    });
  });
});
