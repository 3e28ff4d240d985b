import type { WorkflowFailedError, WorkflowHandle } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { describe, expect, it, vi } from 'vitest';

import type { CloudEvent } from '../../../src/core/cloud-event.ts';
import { memoKeys, searchAttributes } from '../../../src/core/attributes.ts';
import { refuse } from '../../support/scripted-services.ts';
import { useStepLab } from './step-lab.ts';

const lab = useStepLab();

const businessKey = defineSearchAttributeKey(searchAttributes.businessKey, 'KEYWORD');
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const startEvent = { id: 'cause-1', source: '/shop', position: 7 };

const result = (handle: WorkflowHandle): Promise<unknown> => handle.result();
const failure = (handle: WorkflowHandle): Promise<unknown> =>
  handle.result().then(
    () => Promise.reject(new Error('the run did not fail')),
    (error: unknown) => (error as WorkflowFailedError).cause,
  );

describe('emit', () => {
  it('appends an event that says where it comes from', async () => {
    const process = {
      process: 'emitOne',
      typedSearchAttributes: [{ key: businessKey, value: 'A-17' }],
      memo: { [memoKeys.startEvent]: startEvent, [memoKeys.traceparent]: traceparent },
    };
    const { returned, run } = await lab.run(process, ['order.placed', { total: 5 }], async (handle) => ({
      returned: (await handle.result()) as unknown,
      run: await handle.describe(),
    }));
    expect(lab.events.events).toEqual([
      {
        specversion: '1.0',
        id: `${run.runId}/order.placed`,
        source: '/baton/processes/emitOne',
        type: 'order.placed',
        subject: 'A-17',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
        correlationid: 'A-17',
        causationid: 'cause-1',
        runid: run.workflowId,
        traceparent,
        data: { total: 5 },
      },
    ]);
    expect(returned).toEqual(lab.events.events[0]);
  });

  it('has no subject and no correlation in a run without a business key', async () => {
    await lab.run('emitOne', ['ping'], result);
    const [event] = lab.events.events;
    expect(Object.keys(event ?? {})).not.toContain('subject');
    expect(event).not.toHaveProperty('correlationid');
    expect(event).not.toHaveProperty('causationid');
    expect(event).not.toHaveProperty('data');
  });

  it('takes subject, step and attributes from the process', async () => {
    const options = { subject: 's', step: 'tell all', attributes: { urgent: true, correlationid: 'own' } };
    await lab.run('emitOne', ['ping', null, options], result);
    expect(lab.events.events).toMatchObject([
      { id: /\/tell%20all$/, subject: 's', urgent: true, correlationid: 'own', data: null },
    ]);
  });

  it.each<[string, unknown[], RegExp]>([
    ['without a type', [''], /name of a step must not be empty/],
    ['with a subject of nothing', ['ping', null, { subject: '' }], /\/subject must not be empty/],
    [
      'with an attribute that has no such name',
      ['ping', null, { attributes: { 'a-b': 1 } }],
      /a-b is no name/,
    ],
    [
      'with an attribute of its own',
      ['ping', null, { attributes: { id: '1' } }],
      /attributes\.id .* leave it out/,
    ],
    ['with a number of 64 bits', ['ping', null, { attributes: { n: 2 ** 40 } }], /whole number of 32 bits/],
  ])('fails at once for an event %s', async (_, args, message) => {
    await expect(lab.run('emitOne', args, failure)).resolves.toMatchObject({ type: 'invalid-call', message });
    expect(lab.events.events).toEqual([]);
  });

  it('fails at once for an event that is too large', async () => {
    const error = await lab.run('emitOne', ['ping', 'é'.repeat(600_000)], failure);
    expect(error).toMatchObject({ type: 'event-too-large', message: /^ping: the event has 12\d{5} bytes/ });
  });

  it('appends what fits the schema of its type', async () => {
    await lab.run('emitOne', ['order.counted', { orderId: 'A-17', pieces: 3 }], result);
    expect(lab.events.events).toMatchObject([{ data: { pieces: 3 } }]);
  });

  it.each<[string, unknown, string]>([
    [
      'that breaks the schema of its type',
      { pieces: 0 },
      '/data/orderId is required; /data/pieces must be at least 1',
    ],
    [
      'without data, of a type with a schema',
      undefined,
      '/data is required: the type order.counted has a schema',
    ],
  ])('fails at once for an event %s, visibly, and appends nothing', async (_, data, faults) => {
    const message = `the event does not match the schema of its type order.counted: ${faults}`;
    const options = { step: 'count' };
    const [error, run] = await lab.run('emitOne', ['order.counted', data, options], async (handle) => [
      await failure(handle),
      await lab.view(handle),
    ]);
    expect(error).toMatchObject({ type: 'invalid-event', message: `count: ${message}` });
    const failed = { status: 'failed', error: { code: 'invalid-event' } };
    expect(run).toMatchObject({
      ...failed,
      steps: [
        {
          ...failed,
          kind: 'emit',
          name: 'count',
          operation: 'order.counted',
          attempt: 1,
          error: { message },
        },
      ],
    });
    expect(lab.events.events).toEqual([]);
  });

  it('goes within the workflow task, and is shown as a step', async () => {
    const [run, events] = await lab.run('emitOne', ['ping', null, { step: 'tell' }], async (handle) => {
      await handle.result();
      return [await lab.view(handle), (await handle.fetchHistory()).events];
    });
    expect(events?.some((event) => event.activityTaskScheduledEventAttributes)).toBe(false);
    expect(run.steps).toMatchObject([
      { kind: 'emit', name: 'tell', service: null, operation: 'ping', status: 'completed', attempt: 1 },
    ]);
  });

  it('waits while the log is away, visibly, and then appends once', async () => {
    lab.events.isAway = true;
    await lab.run('emitOne', ['ping'], async (handle) => {
      await vi.waitFor(async () => {
        const { steps } = await lab.view(handle);
        expect(steps).toMatchObject([
          {
            kind: 'emit',
            name: 'ping',
            operation: 'ping',
            error: { code: 'database-unavailable', message: /PostgreSQL does not answer/ },
          },
        ]);
        expect(steps[0]?.attempt).toBeGreaterThan(3);
      }, 20_000);
      lab.events.isAway = false;
      await handle.result();
      expect((await lab.view(handle)).steps).toMatchObject([{ status: 'completed', error: null }]);
    });
    expect(lab.events.events).toHaveLength(1);
  });

  it('never gives up, however long the log is away', async () => {
    lab.events.isAway = true;
    await lab.run('emitOne', ['ping'], async (handle) => {
      // Far more than the attempts that a call has.
      await lab.environment.sleep('2 hours');
      lab.events.isAway = false;
      await handle.result();
    });
    expect(lab.events.events).toHaveLength(1);
  });

  it('can be cancelled while the log is away', async () => {
    lab.events.isAway = true;
    await lab.run('emitOne', ['ping'], async (handle) => {
      await vi.waitFor(async () => {
        expect((await lab.view(handle)).steps).toMatchObject([{ error: { code: 'database-unavailable' } }]);
      }, 20_000);
      await handle.cancel();
      await expect(handle.result()).rejects.toThrow();
      expect((await lab.view(handle)).status).toBe('cancelled');
    });
  });

  it('is one event for one step, and another one for its undo', async () => {
    lab.services.on('shop.a', refuse(409));
    await lab.run('emitInSaga', [], failure);
    const ids = lab.events.events.map(({ type, id }: CloudEvent) => [type, id.replace(/^.*\//, '')]);
    expect(ids).toEqual([
      ['order.placed', 'place'],
      ['order.withdrawn', 'undo%3Aplace'],
    ]);
  });
});
