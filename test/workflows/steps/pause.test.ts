import type { WorkflowHandle } from '@temporalio/client';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { RunView } from '../../../src/core/run-state.ts';
import { pauseUpdates, steerUpdate, updateId } from '../../../src/workflows/messages.ts';
import { hang, refuse } from '../../support/scripted-services.ts';
import { useStepLab } from './step-lab.ts';

const lab = useStepLab();

const pause = (handle: WorkflowHandle): Promise<unknown> => handle.executeUpdate(pauseUpdates.pause);
const resume = (handle: WorkflowHandle): Promise<unknown> => handle.executeUpdate(pauseUpdates.resume);

async function until(handle: WorkflowHandle, isThere: (view: RunView) => void): Promise<void> {
  await vi.waitFor(async () => {
    isThere(await lab.view(handle));
  }, 20_000);
}

const untilCalled = (operation: string): Promise<void> =>
  vi.waitFor(() => {
    expect(lab.services.operations).toContain(operation);
  }, 20_000);

/** Pauses a run while its first call is under way, and lets that call finish. */
async function pauseInFirstCall(handle: WorkflowHandle): Promise<void> {
  await untilCalled('shop.a');
  await expect(pause(handle)).resolves.toBe('paused');
  finishFirst();
  await until(handle, ({ status, steps }) => {
    expect({ status, steps }).toMatchObject({ status: 'paused', steps: [{ status: 'completed' }] });
  });
}

let finishFirst: () => void;

/** The first call ends when the test says so. */
function holdFirstCall(): void {
  const isFinished = new Promise<null>((resolve) => {
    finishFirst = () => {
      resolve(null);
    };
  });
  lab.services.on('shop.a', () => isFinished);
}

describe('a paused run', () => {
  beforeEach(holdFirstCall);

  it('lets the call under way finish, and begins the next step only when it is resumed', async () => {
    await lab.run('threeSteps', [], async (handle) => {
      await pauseInFirstCall(handle);
      expect(lab.services.operations).toEqual(['shop.a']);
      await expect(resume(handle)).resolves.toBe('running');
      await expect(handle.result()).resolves.toBe('done');
      expect(await lab.view(handle)).toMatchObject({ status: 'completed' });
    });
    expect(lab.services.operations).toEqual(['shop.a', 'shop.b', 'shop.c']);
  });

  it('begins no timer', async () => {
    await lab.run('callThenWait', [], async (handle) => {
      await pauseInFirstCall(handle);
      await resume(handle);
      await handle.result();
      expect((await lab.view(handle)).steps).toMatchObject([
        {},
        { name: 'cooling-off', status: 'completed' },
      ]);
    });
  });

  it('asks for no decision', async () => {
    await lab.run('callThenDecide', [], async (handle) => {
      await pauseInFirstCall(handle);
      await expect(handle.executeUpdate('approval', { args: [true] })).rejects.toThrow();
      await resume(handle);
      await until(handle, ({ steps }) => {
        expect(steps).toMatchObject([{}, { name: 'approval', status: 'waiting' }]);
      });
      await handle.executeUpdate('approval', { args: [true] });
      await expect(handle.result()).resolves.toBe(true);
    });
  });

  it('takes back what it did only when it is resumed, where it is cancelled meanwhile', async () => {
    await lab.run('threeSteps', [], async (handle) => {
      await pauseInFirstCall(handle);
      await handle.cancel();
      await vi.waitFor(async () => {
        const { events } = await handle.fetchHistory();
        expect(events?.at(-1)?.workflowTaskCompletedEventAttributes).toBeTruthy();
      }, 20_000);
      expect(await lab.view(handle)).toMatchObject({ status: 'paused' });
      await resume(handle);
      await expect(handle.result()).rejects.toThrow();
      expect((await lab.view(handle)).status).toBe('cancelled');
    });
    // The step that was held never began; its undo is harmless for it.
    expect(lab.services.operations).toEqual(['shop.a', 'shop.undo-b', 'shop.undo-a']);
  });

  it('refuses to be paused again, and to be resumed when it goes on already', async () => {
    await lab.run('threeSteps', [], async (handle) => {
      const isRefused = (message: string): object => ({ cause: { type: 'run-not-waiting', message } });
      await expect(resume(handle)).rejects.toMatchObject(isRefused('The run is not paused'));
      await pause(handle);
      await expect(pause(handle)).rejects.toMatchObject(isRefused('The run is paused already'));
      await resume(handle);
      await expect(resume(handle)).rejects.toMatchObject(isRefused('The run is not paused'));
      finishFirst();
      await handle.result();
    });
  });

  it('acts once for one key, and tells another message with that key apart', async () => {
    await lab.run('threeSteps', [], async (handle) => {
      const send = (hash: string): Promise<unknown> =>
        handle.executeUpdate(pauseUpdates.pause, {
          updateId: updateId(pauseUpdates.pause, 'key', hash.repeat(64)),
        });
      await expect(send('a')).resolves.toBe('paused');
      await expect(send('a')).resolves.toBe('paused');
      await resume(handle);
      await expect(send('a')).resolves.toBe('paused');
      await expect(send('b')).rejects.toMatchObject({ cause: { type: 'key-reused' } });
      finishFirst();
      await expect(handle.result()).resolves.toBe('done');
    });
  });
});

describe('a run that is stuck and paused', () => {
  it('shows as stuck until a person settles that, and then as paused', async () => {
    lab.services.on('shop.b', refuse(422));
    await lab.run('heldStep', [], async (handle) => {
      await until(handle, ({ status }) => {
        expect(status).toBe('stuck');
      });
      await expect(pause(handle)).resolves.toBe('stuck');
      lab.services.on('shop.b', () => null);
      await handle.executeUpdate(steerUpdate, { args: [{ action: 'retry' }] });
      await until(handle, ({ status, steps }) => {
        expect({ status, steps }).toMatchObject({ status: 'paused', steps: [{}, { status: 'failed' }] });
      });
      expect(lab.services.operations).toEqual(['shop.a', 'shop.b']);
      await resume(handle);
      await expect(handle.result()).resolves.toBe('done');
    });
  });
});

describe('any run', () => {
  it('can be paused, also where its process uses no step', async () => {
    await lab.run('noStep', [], async (handle) => {
      await expect(pause(handle)).resolves.toBe('paused');
      expect((await lab.view(handle)).status).toBe('paused');
      await expect(resume(handle)).resolves.toBe('running');
      await handle.signal('go');
      await expect(handle.result()).resolves.toBe('gone');
    });
  });

  it('has no event for it when it is never paused', async () => {
    await lab.run('threeSteps', [], async (handle) => {
      await handle.result();
      const { events } = await handle.fetchHistory();
      // Three calls: three events each, and a workflow task (three events) before each and at the end.
      expect(events).toHaveLength(1 + 4 * 3 + 3 * 3 + 1);
    });
  });
});

describe('a call that hangs', () => {
  it('is cancelled also while the run is paused; the undo then waits', async () => {
    lab.services.on('shop.b', hang);
    await lab.run('threeSteps', [], async (handle) => {
      await untilCalled('shop.b');
      await pause(handle);
      await handle.cancel();
      await until(handle, ({ status, steps }) => {
        expect({ status, steps }).toMatchObject({ status: 'paused', steps: [{}, { status: 'cancelled' }] });
      });
      expect(lab.services.operations).toEqual(['shop.a', 'shop.b']);
      await resume(handle);
      await expect(handle.result()).rejects.toThrow();
    });
    expect(lab.services.operations).toEqual(['shop.a', 'shop.b', 'shop.undo-b', 'shop.undo-a']);
  });
});
