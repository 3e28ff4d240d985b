import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, it, vi } from 'vitest';

import { updateId } from '../../../src/workflows/messages.ts';
import { useStepLab } from './step-lab.ts';

const lab = useStepLab();

const decide = (handle: WorkflowHandle, decision: unknown): Promise<unknown> =>
  handle.executeUpdate('approval', { args: [decision] });

async function untilWaiting(handle: WorkflowHandle): Promise<void> {
  await vi.waitFor(async () => {
    const { steps } = await lab.view(handle);
    expect(steps).toMatchObject([{ name: 'approval', kind: 'decision', status: 'waiting' }]);
  }, 20_000);
}

describe('decide', () => {
  it('goes on with what a person decided, and waits no longer', async () => {
    await lab.run('approval', [], async (handle) => {
      await untilWaiting(handle);
      await expect(decide(handle, { approved: true, by: 'ann' })).resolves.toEqual({
        approved: true,
        by: 'ann',
      });
      await expect(handle.result()).resolves.toEqual({ approved: true, by: 'ann' });
      expect((await lab.view(handle)).steps).toMatchObject([{ name: 'approval', status: 'completed' }]);
    });
  });

  it('acts once on a repeated request', async () => {
    await lab.run('approval', [], async (handle) => {
      await untilWaiting(handle);
      const send = (approved: boolean): Promise<unknown> =>
        handle.executeUpdate('approval', { args: [{ approved }], updateId: 'key-1' });
      const answers = await Promise.all([send(true), send(true)]);
      expect(answers).toEqual([{ approved: true }, { approved: true }]);
      await expect(handle.result()).resolves.toEqual({ approved: true });
    });
  });

  it('refuses another decision that comes with the key of the first', async () => {
    await lab.run('approvedTwice', [], async (handle) => {
      const send = (approved: boolean, key: string): Promise<unknown> =>
        handle.executeUpdate('approval', {
          args: [{ approved }],
          updateId: updateId('approval', key, (approved ? 'a' : 'b').repeat(64)),
        });
      await untilWaiting(handle);
      await send(true, 'key-1');
      await untilWaiting(handle);
      await expect(send(false, 'key-1')).rejects.toMatchObject({ cause: { type: 'key-reused' } });
      await expect(send(true, 'key-1')).resolves.toEqual({ approved: true });
      await send(false, 'key-2');
      await expect(handle.result()).resolves.toEqual([{ approved: true }, { approved: false }]);
    });
  });

  it('takes the default when the deadline of a day passes, in no time at all', async () => {
    await lab.run('approval', [], async (handle) => {
      await expect(handle.result()).resolves.toEqual({ approved: false });
      const { startTime, closeTime } = await handle.describe();
      expect(Number(closeTime) - Number(startTime)).toBeGreaterThanOrEqual(86_400_000);
    });
  });

  it('names its deadline in history, where it is seen without a worker', async () => {
    const summaries = await lab.run('approval', [], async (handle) => {
      await handle.result();
      const { events } = await handle.fetchHistory();
      return events
        ?.filter((event) => event.timerStartedEventAttributes)
        .map((event) => event.userMetadata?.summary?.data);
    });
    expect(summaries?.map((data) => Buffer.from(data ?? []).toString())).toEqual(['"approval"']);
  });
});

describe('wait', () => {
  it('lets a month pass, in no time at all, under the name of its step', async () => {
    await lab.run('waitMonth', [], async (handle) => {
      await handle.result();
      const { startTime, closeTime } = await handle.describe();
      expect(Number(closeTime) - Number(startTime)).toBeGreaterThanOrEqual(30 * 86_400_000);
      const { events } = await handle.fetchHistory();
      const timer = events?.find((event) => event.timerStartedEventAttributes);
      expect(Buffer.from(timer?.userMetadata?.summary?.data ?? []).toString()).toBe('"cooling-off"');
    });
  });
});
