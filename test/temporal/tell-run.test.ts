import { type Client, ServiceError } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import pino from 'pino';
import { describe, expect, it } from 'vitest';

import type { ArrivalMessage } from '../../src/core/run-events.ts';
import { createRunTeller } from '../../src/temporal/tell-run.ts';

const message: ArrivalMessage = {
  ...{ step: 'payment', part: 0, position: 1 },
  event: { specversion: '1.0', id: '1', source: '/test', type: 'paid' },
};

/** What becomes of a signal that ends so. */
async function tell(end: () => Promise<void>): Promise<unknown> {
  const signals: unknown[] = [];
  const getHandle = (workflowId: string): unknown => ({
    signal: (name: string, told: ArrivalMessage) => {
      signals.push([workflowId, name, told]);
      return end();
    },
  });
  const client = {
    withDeadline: (_: number, work: () => unknown) => work(),
    workflow: { getHandle },
  } as unknown as Client;
  const answer = await createRunTeller(client, pino({ level: 'silent' }))('run-1', message);
  expect(signals).toEqual([['run-1', 'baton.event', message]]);
  return answer;
}

const serviceError = (code: number): ServiceError =>
  new ServiceError('failed', {
    cause: Object.assign(new Error('refused'), { code, details: 'refused', metadata: {} }),
  });

describe('bringing a run its event', () => {
  it('signals the run', async () => {
    await expect(tell(() => Promise.resolve())).resolves.toBe('told');
  });

  it('says that a run is gone which has ended, or takes no more signals', async () => {
    const ended = new WorkflowNotFoundError('ended', 'run-1', undefined);
    await expect(tell(() => Promise.reject(ended))).resolves.toBe('gone');
    await expect(tell(() => Promise.reject(serviceError(3)))).resolves.toBe('gone');
  });

  it('fails while Temporal is away', async () => {
    await expect(tell(() => Promise.reject(serviceError(14)))).rejects.toMatchObject({
      code: 'temporal-unavailable',
    });
  });
});
