import { describe, expect, it } from 'vitest';

import { toRunFields } from '../../src/workers/run-fields.ts';

const workflow = { workflowId: 'order-1', workflowType: 'order', namespace: 'default', taskQueue: 'baton' };
const run = { runId: 'order-1', process: 'order', execution: 'e-1' };
const activity = {
  ...workflow,
  workflowRunId: 'e-1',
  taskToken: 'x',
  attempt: 2,
  activityType: 'payment.pay',
};
const call = { ...run, service: 'payment', operation: 'pay', attempt: 2 };

describe('the fields of a line of the log', () => {
  it.each([
    ['a run', { ...workflow, runId: 'e-1', sdkComponent: 'workflow', pieces: 3 }, { ...run, pieces: 3 }],
    ['a call', { ...activity, activityId: 'pay it', isLocal: false }, { ...call, step: 'pay it' }],
    [
      'a call that knows its step',
      { ...activity, activityId: '1', step: 'pay it' },
      { ...call, step: 'pay it' },
    ],
    ['a quick call that does not', { ...activity, activityId: '1', isLocal: true }, call],
    [
      'a trace',
      { ...workflow, runId: 'e-1', traceId: 't', trace_id: 't', span_id: 's' },
      { ...run, traceId: 't' },
    ],
    ['no run', { taskQueue: 'baton', runId: 'mine' }, { taskQueue: 'baton', runId: 'mine' }],
  ])('tell of %s what it is, in our words', (_, meta, fields) => {
    expect(JSON.parse(JSON.stringify(toRunFields(meta)))).toEqual(fields);
  });
});
