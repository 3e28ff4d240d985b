import { describe, expect, it } from 'vitest';

import { toRunAttributes } from '../../src/telemetry/run-spans.ts';

describe('the attributes of a span of a workflow', () => {
  it('say which run of which process it is, and what the span was given; not all that Temporal knows', () => {
    const given = { 'baton.step': 'pay', temporalUpdateId: 'u-1' };
    const ofTemporal = {
      workflowId: 'order-1',
      workflowType: 'order',
      runId: 'e-1',
      taskQueue: 'baton',
      memo: 'x',
    };
    expect(toRunAttributes({ ...ofTemporal, ...given })).toEqual({
      ...given,
      ...{ 'baton.run': 'order-1', 'baton.process': 'order', temporalWorkflowId: 'order-1', run_id: 'e-1' },
    });
  });
});
