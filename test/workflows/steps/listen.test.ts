import type { WorkflowFailedError, WorkflowHandle } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { describe, expect, it, vi } from 'vitest';

import { memoKeys, searchAttributes } from '../../../src/core/attributes.ts';
import type { StepView } from '../../../src/core/run-state.ts';
import { pauseUpdates } from '../../../src/workflows/messages.ts';
import type { Lab } from '../../support/lab.ts';
import { useStepLab } from './step-lab.ts';

const lab = useStepLab();

const businessKey = defineSearchAttributeKey(searchAttributes.businessKey, 'KEYWORD');
const paid = { type: 'paid' };

const result = (handle: WorkflowHandle): Promise<unknown> => handle.result();

/** A run that looks at the whole log of the test. */
const fromTheBeginning = (process: string, key?: string): Parameters<Lab['run']>[0] => ({
  process,
  memo: { [memoKeys.logPosition]: 0 },
  ...(key !== undefined && { typedSearchAttributes: [{ key: businessKey, value: key }] }),
});

async function untilStep(handle: WorkflowHandle, step: Partial<StepView>): Promise<void> {
  await vi.waitFor(async () => {
    expect((await lab.view(handle)).steps).toContainEqual(expect.objectContaining(step));
  }, 20_000);
}

const untilWaiting = (handle: WorkflowHandle, name = 'paid'): Promise<void> =>
  untilStep(handle, { kind: 'listen', name, status: 'waiting' });

describe('listen', () => {
  it('gives an event that was there before the run got so far, without any wait', async () => {
    const { event } = await lab.events.append({ type: 'paid', data: { amount: 5 } });
    await lab.run(fromTheBeginning('listenOne'), [paid, { deadline: '1 day' }], async (handle) => {
      await expect(handle.result()).resolves.toEqual(event);
      expect((await lab.view(handle)).steps).toMatchObject([
        { kind: 'listen', name: 'paid', status: 'completed', attempt: 1 },
      ]);
      const { events } = await handle.fetchHistory();
      expect(events?.some((one) => one.timerStartedEventAttributes)).toBe(false);
    });
    expect(lab.events.waits).toEqual([]);
  });

  it('waits for an event that comes later, and is shown with what it waits for', async () => {
    await lab.run('listenOne', [{ type: 'paid', subject: 'A-17' }], async (handle) => {
      await untilWaiting(handle);
      expect((await lab.view(handle)).steps).toMatchObject([
        { awaits: [{ type: 'paid', subject: 'A-17' }], nextAttemptAt: null, closedAt: null },
      ]);
      await lab.events.append({ type: 'paid', subject: 'other' });
      const { event } = await lab.events.append({ type: 'paid', subject: 'A-17' });
      await expect(handle.result()).resolves.toEqual(event);
      const { steps } = await lab.view(handle);
      expect(steps).toMatchObject([{ status: 'completed' }]);
      expect(steps[0]).not.toHaveProperty('awaits');
    });
  });

  it('means the business key of the run where the filter names no subject', async () => {
    await lab.events.append({ type: 'paid', subject: 'other' });
    const { event } = await lab.events.append({ type: 'paid', subject: 'A-17' });
    await expect(lab.run(fromTheBeginning('listenOne', 'A-17'), [paid], result)).resolves.toEqual(event);
  });

  it('means any subject, and none, where the filter says null', async () => {
    const { event } = await lab.events.append({ type: 'paid' });
    await expect(
      lab.run(fromTheBeginning('listenOne', 'A-17'), [{ type: 'paid', subject: null }], result),
    ).resolves.toEqual(event);
  });

  it('tells events by source, attributes and members of their data', async () => {
    const filter = {
      type: 'paid',
      source: '/bank',
      attributes: { urgent: true },
      data: { lines: [{ a: 1 }] },
    };
    await lab.run('listenOne', [filter], async (handle) => {
      await untilWaiting(handle);
      const right = { type: 'paid', source: '/bank', urgent: true, data: { lines: [{ a: 1 }], more: 1 } };
      await lab.events.append({ ...right, source: '/other' });
      await lab.events.append({ ...right, urgent: false });
      await lab.events.append({ ...right, data: { lines: [{ a: 1 }, { a: 2 }] } });
      await lab.events.append({ ...right, data: 'text' });
      const { event } = await lab.events.append(right);
      await expect(handle.result()).resolves.toEqual(event);
    });
  });

  it('knows nothing of events from before the run, by the time of its start', async () => {
    await lab.events.append({ type: 'paid', id: 'early' });
    // Time passes on the server before the run starts.
    await lab.environment.sleep('1 minute');
    await lab.run('listenOne', [paid], async (handle) => {
      await untilWaiting(handle);
      await lab.events.append({ type: 'paid', id: 'late' });
      await expect(handle.result()).resolves.toMatchObject({ id: 'late' });
    });
  });

  it('begins behind the event that started the run', async () => {
    const cause = await lab.events.append({ type: 'paid', id: 'cause' });
    await lab.events.append({ type: 'paid', id: 'next' });
    const memo = {
      [memoKeys.startEvent]: { id: 'cause', source: '/test', position: cause.position },
      [memoKeys.logPosition]: 2,
    };
    await expect(lab.run({ process: 'listenOne', memo }, [paid], result)).resolves.toMatchObject({
      id: 'next',
    });
  });

  it('gives null when the deadline passes, and waits no longer', async () => {
    await lab.run('listenOne', [paid, { deadline: '30 days' }], async (handle) => {
      await untilWaiting(handle);
      const { steps, startedAt } = await lab.view(handle);
      const due = Date.parse(steps[0]?.nextAttemptAt ?? '') - Date.parse(startedAt);
      expect(due).toBeGreaterThan(29.9 * 86_400_000);
      expect(due).toBeLessThan(30.1 * 86_400_000);
      await expect(handle.result()).resolves.toBeNull();
      expect((await lab.view(handle)).steps).toMatchObject([{ status: 'timed-out', nextAttemptAt: null }]);
    });
    expect(lab.events.waits).toEqual([]);
  });

  it('keeps its deadline while the log is away, and shows why nothing comes', async () => {
    lab.events.isAway = true;
    await lab.run('listenOne', [paid, { deadline: '1 hour' }], async (handle) => {
      await vi.waitFor(async () => {
        expect((await lab.view(handle)).steps).toMatchObject([
          { kind: 'listen', error: { code: 'database-unavailable' } },
        ]);
      }, 20_000);
      await expect(handle.result()).resolves.toBeNull();
    });
  });

  it('begins to wait once the log is back', async () => {
    lab.events.isAway = true;
    await lab.run('listenOne', [paid], async (handle) => {
      await untilStep(handle, { kind: 'listen', error: expect.anything() as never });
      lab.events.isAway = false;
      await untilWaiting(handle);
      expect((await lab.view(handle)).steps).toMatchObject([{ error: null }]);
      await lab.events.append(paid);
      await expect(handle.result()).resolves.toMatchObject(paid);
    });
  });

  it('ends with the run when that is cancelled, and takes its wait away', async () => {
    await lab.run('listenThenClean', [paid], async (handle) => {
      await untilWaiting(handle);
      expect(lab.events.waits).toHaveLength(1);
      await handle.cancel();
      await untilStep(handle, { kind: 'listen', status: 'cancelled' });
      expect(lab.events.waits).toEqual([]);
      await expect(handle.result()).resolves.toBe('cleaned');
    });
  });

  it('gives a second step the next event, also when the first is told of again', async () => {
    await lab.run('listenTwice', [paid], async (handle) => {
      await untilWaiting(handle);
      const first = await lab.events.append({ type: 'paid', id: 'one' });
      await untilWaiting(handle, 'paid#2');
      await lab.events.wake([first]);
      const told = { step: 'paid#2', part: 0, position: first.position, event: first.event };
      await lab.events.tell({ workflowId: handle.workflowId, message: told });
      expect(lab.events.waits).toHaveLength(1);
      await lab.events.append({ type: 'paid', id: 'two' });
      await expect(handle.result()).resolves.toMatchObject([{ id: 'one' }, { id: 'two' }]);
    });
  });

  it('gives a second step the second event of the log', async () => {
    for (const id of ['one', 'two']) await lab.events.append({ type: 'paid', id });
    await expect(lab.run(fromTheBeginning('listenTwice'), [paid], result)).resolves.toMatchObject([
      { id: 'one' },
      { id: 'two' },
    ]);
  });

  it('gives one event to two steps that wait for it at the same time', async () => {
    await lab.run('listenBesideAnother', [paid], async (handle) => {
      await untilWaiting(handle, 'one');
      await untilWaiting(handle, 'other');
      await lab.events.append({ type: 'paid', id: 'one' });
      await expect(handle.result()).resolves.toMatchObject([{ id: 'one' }, { id: 'one' }]);
    });
  });

  it('takes an event once when its signal comes twice', async () => {
    await lab.run('listenTwice', [paid], async (handle) => {
      await untilWaiting(handle);
      const message = {
        ...{ step: 'paid', part: 0, position: 9 },
        event: { specversion: '1.0' as const, id: 'one', source: '/test', type: 'paid' },
      };
      await lab.events.tell({ workflowId: handle.workflowId, message });
      await lab.events.tell({ workflowId: handle.workflowId, message });
      await untilWaiting(handle, 'paid#2');
    });
  });

  it('believes no signal that does not fit what it waits for', async () => {
    await lab.run('listenOne', [paid], async (handle) => {
      await untilWaiting(handle);
      const event = { specversion: '1.0' as const, id: 'x', source: '/test', type: 'refunded' };
      await lab.events.tell({
        workflowId: handle.workflowId,
        message: { step: 'paid', part: 0, position: 1, event },
      });
      await lab.events.tell({
        workflowId: handle.workflowId,
        message: { step: 'paid', part: 7, position: 2, event },
      });
      await lab.events.append({ type: 'paid', id: 'right' });
      await expect(handle.result()).resolves.toMatchObject({ id: 'right' });
    });
  });

  it('finds an event that came before its step, and whose signal no one took', async () => {
    await lab.run('listenAfterCall', [paid], async (handle) => {
      const { event, position } = await lab.events.append({ type: 'paid', id: 'early' });
      const message = { step: 'paid', part: 0, position, event };
      await lab.events.tell({ workflowId: handle.workflowId, message });
      await expect(handle.result()).resolves.toMatchObject({ id: 'early' });
    });
  });

  it('gives an execution that continues another the events that the other has not taken', async () => {
    for (const id of ['one', 'two', 'three']) await lab.events.append({ type: 'paid', id });
    await expect(lab.run(fromTheBeginning('listenOnAndOn'), [paid, 3], result)).resolves.toMatchObject({
      id: 'three',
    });
  });

  it('waits in a paused run, which goes no further', async () => {
    await lab.run('listenTwice', [paid], async (handle) => {
      await untilWaiting(handle);
      await handle.executeUpdate(pauseUpdates.pause);
      for (const id of ['one', 'two']) await lab.events.append({ type: 'paid', id });
      await untilStep(handle, { name: 'paid', status: 'completed' });
      expect((await lab.view(handle)).steps).toHaveLength(1);
      await handle.executeUpdate(pauseUpdates.resume);
      await expect(handle.result()).resolves.toMatchObject([{ id: 'one' }, { id: 'two' }]);
    });
  });

  it('fails when the event that came is too large for a run', async () => {
    await lab.events.append({ type: 'paid', data: 'x'.repeat(3_000_000) });
    await lab.run('listenOne', [paid], async (handle) => {
      await untilWaiting(handle);
      await lab.events.tell({
        workflowId: handle.workflowId,
        message: {
          step: 'paid',
          part: 0,
          position: 9,
          bytes: 3_000_000,
          event: { ...paid, specversion: '1.0', id: '1', source: '/s' },
        },
      });
      const error: unknown = await handle.result().catch((thrown: unknown) => thrown);
      expect((error as WorkflowFailedError).cause).toMatchObject({
        type: 'event-too-large',
        message: /^paid: the event has 3000000 bytes/,
      });
    });
  });

  it.each<[string, object, RegExp]>([
    ['of no type', { type: '' }, /step must not be empty/],
    ['of a source that is none', { type: 'paid', source: 'not a uri' }, /\/source must be a URI reference/],
    ['of an attribute that is none', { type: 'paid', attributes: { 'a b': 1 } }, /a b is no name/],
  ])('fails at once for a filter %s', async (_, filter, message) => {
    const error: unknown = await lab.run('listenOne', [filter], (handle) =>
      handle.result().catch((thrown: unknown) => thrown),
    );
    expect((error as WorkflowFailedError).cause).toMatchObject({ type: 'invalid-call', message });
  });
});

describe('listen to any', () => {
  const any = [{ type: 'paid' }, { type: 'withdrawn' }];

  it('gives the first event, and says which filter it fits', async () => {
    await lab.run('listenAny', [any], async (handle) => {
      await untilWaiting(handle, 'paid or withdrawn');
      expect((await lab.view(handle)).steps).toMatchObject([{ awaits: any }]);
      await lab.events.append({ type: 'withdrawn', id: 'w' });
      await expect(handle.result()).resolves.toMatchObject({ event: { id: 'w' }, index: 1 });
    });
    expect(lab.events.waits).toEqual([]);
  });

  it('fails at once for no filter at all', async () => {
    const error: unknown = await lab.run('listenAny', [[], { step: 'none' }], (handle) =>
      handle.result().catch((thrown: unknown) => thrown),
    );
    expect((error as WorkflowFailedError).cause).toMatchObject({
      type: 'invalid-call',
      message: 'none: it waits for no event: no filter is given',
    });
  });

  it('gives the earliest of those that the log has', async () => {
    await lab.events.append({ type: 'withdrawn', id: 'w' });
    await lab.events.append({ type: 'paid', id: 'p' });
    await expect(lab.run(fromTheBeginning('listenAny'), [any], result)).resolves.toMatchObject({ index: 1 });
    expect(lab.events.waits).toEqual([]);
  });
});

describe('listen to all', () => {
  const all = [{ type: 'packed' }, { type: 'paid' }];

  it('gives all events in the order of the filters, whatever order they come in', async () => {
    await lab.run('listenAll', [all], async (handle) => {
      await untilWaiting(handle, 'packed and paid');
      await lab.events.append({ type: 'paid', id: 'p' });
      await untilStep(handle, { status: 'waiting', awaits: [{ type: 'packed' }] });
      await lab.events.append({ type: 'paid', id: 'again' });
      await lab.events.append({ type: 'packed', id: 'k' });
      await expect(handle.result()).resolves.toMatchObject([{ id: 'k' }, { id: 'p' }]);
      expect((await lab.view(handle)).steps).toMatchObject([{ status: 'completed' }]);
    });
  });

  it('is named as the process says', async () => {
    for (const type of ['paid', 'packed']) await lab.events.append({ type });
    await lab.run(fromTheBeginning('listenToPair'), [], async (handle) => {
      await expect(handle.result()).resolves.toMatchObject([{ type: 'packed' }, { type: 'paid' }]);
      expect((await lab.view(handle)).steps).toMatchObject([{ kind: 'listen', name: 'pair' }]);
    });
  });

  it('waits only for what the log does not have', async () => {
    await lab.events.append({ type: 'packed', id: 'k' });
    await lab.run(fromTheBeginning('listenAll'), [all], async (handle) => {
      await untilStep(handle, { status: 'waiting', awaits: [{ type: 'paid' }] });
      expect(lab.events.waits).toMatchObject([{ part: 1 }]);
      await lab.events.append({ type: 'paid', id: 'p' });
      await expect(handle.result()).resolves.toMatchObject([{ id: 'k' }, { id: 'p' }]);
    });
  });

  it('gives null when one of them does not come in time', async () => {
    await lab.events.append({ type: 'packed' });
    const outcome = await lab.run(fromTheBeginning('listenAll'), [all, { deadline: '1 day' }], result);
    expect(outcome).toBeNull();
  });
});
