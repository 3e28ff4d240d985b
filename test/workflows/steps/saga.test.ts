import { ApplicationFailure } from '@temporalio/common';
import type { WorkflowFailedError, WorkflowHandle } from '@temporalio/client';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { steerUpdate } from '../../../src/workflows/messages.ts';
import { hang, refuse } from '../../support/scripted-services.ts';
import { useStepLab } from './step-lab.ts';

const lab = useStepLab();

const result = (handle: WorkflowHandle): Promise<unknown> => handle.result();

async function failure(handle: WorkflowHandle): Promise<WorkflowFailedError> {
  return handle.result().then(
    () => Promise.reject(new Error('the run succeeded')),
    (reason: unknown) => reason as WorkflowFailedError,
  );
}

async function untilStuck(handle: WorkflowHandle, step: string): Promise<void> {
  await vi.waitFor(async () => {
    const { status, steps } = await lab.view(handle);
    expect(status).toBe('stuck');
    expect(steps.find(({ name }) => name === step)?.status).toBe('stuck');
  }, 20_000);
}

const steer = (handle: WorkflowHandle, action: string, step?: string): Promise<unknown> =>
  handle.executeUpdate(steerUpdate, { args: [{ action, ...(step !== undefined && { step }) }] });

describe('a saga', () => {
  it('undoes nothing when every step succeeds', async () => {
    await expect(lab.run('threeSteps', [], result)).resolves.toBe('done');
    expect(lab.services.operations).toEqual(['shop.a', 'shop.b', 'shop.c']);
  });

  it('takes every step back in reverse, also the failed one, which may have happened', async () => {
    lab.services.on('shop.c', refuse(410));
    const { cause } = await lab.run('threeSteps', [], failure);
    expect(lab.services.operations.slice(3)).toEqual(['shop.undo-c', 'shop.undo-b', 'shop.undo-a']);
    expect(cause).toBeInstanceOf(ApplicationFailure);
    expect(cause).toMatchObject({
      type: 'saga-undone',
      message: 'c: 410; 3 steps were undone',
      details: [{ undone: true, step: 'c', steps: ['c', 'b', 'a'], leftAsTheyAre: [] }],
      cause: { type: 'call-refused' },
    });
  });

  it('gives undos names and keys of their own', async () => {
    lab.services.on('shop.b', refuse(410));
    await lab.run('threeSteps', [], failure);
    const names = lab.services.attempts.map(({ input }) =>
      decodeURIComponent(input.idempotencyKey.split('/')[1] ?? ''),
    );
    expect(names).toEqual(['a', 'b', 'undo:b', 'undo:a']);
  });

  it('undoes on a failure that the process raises itself', async () => {
    const { cause } = await lab.run('failureOfOwn', [], failure);
    expect(cause).toMatchObject({ type: 'saga-undone', cause: { type: 'full-moon' } });
    expect(lab.services.operations).toEqual(['shop.a', 'shop.undo-a']);
  });

  it('undoes for an outcome that is no fault, and goes on', async () => {
    await expect(lab.run('outcomeAfterUndo', [], result)).resolves.toBe('taken back');
    expect(lab.services.operations).toEqual(['shop.a', 'shop.undo-a', 'shop.c']);
  });

  it('begins no step after it was undone', async () => {
    const { cause } = await lab.run('stepAfterUndo', [], failure);
    expect(cause).toMatchObject({ cause: { type: 'invalid-call' } });
    expect(lab.services.operations).not.toContain('shop.b');
  });

  it('undoes nothing for a bug in the process: the run stands still until the code is mended', async () => {
    await lab.run('bugAfterStep', [], async (handle) => {
      await vi.waitFor(async () => {
        const { events } = await handle.fetchHistory();
        const failed = events
          ?.map((event) => event.workflowTaskFailedEventAttributes)
          .find((it) => it !== null && it !== undefined);
        expect(failed?.failure?.message).toBe('a bug in the process');
      }, 20_000);
      expect(lab.services.operations).toEqual(['shop.a']);
      await handle.terminate();
    });
  });
});

describe('a saga with steps side by side', () => {
  it('cancels what still runs when one fails, and undoes only when it has ended', async () => {
    lab.services.on('shop.a', hang).on('shop.b', refuse(410));
    const { cause } = await lab.run('parallelSteps', [], failure);
    expect(cause).toMatchObject({ details: [{ steps: ['b', 'a'] }] });
    expect(lab.services.operations.slice(0, 2).sort()).toEqual(['shop.a', 'shop.b']);
    expect(lab.services.operations.slice(2)).toEqual(['shop.undo-b', 'shop.undo-a']);
  });
});

describe('a branch that fails while another one is awaited', () => {
  it('waits for its turn, and then undoes as any other', async () => {
    lab.services.on('shop.b', refuse(410));
    const { cause } = await lab.run('failsWhileAnotherIsAwaited', [], failure);
    expect(cause).toMatchObject({ type: 'saga-undone' });
    expect(lab.services.operations.slice(2)).toEqual(['shop.undo-b', 'shop.undo-a']);
  });
});

describe('a result that no history can carry', () => {
  it('fails the saga, so that it is undone', async () => {
    const { cause } = await lab.run('largeResult', [], failure);
    expect(cause).toMatchObject({ type: 'saga-undone', cause: { type: 'output-too-large' } });
    expect(lab.services.operations).toEqual(['shop.a', 'shop.undo-a']);
  });
});

describe('a cancelled saga', () => {
  it('is undone also when its process swallows the cancellation', async () => {
    lab.services.on('shop.b', hang);
    await lab.run('swallowsCancellation', [], async (handle) => {
      await vi.waitFor(() => {
        expect(lab.services.operations).toContain('shop.b');
      }, 20_000);
      await handle.cancel();
      await failure(handle);
      expect((await handle.describe()).status.name).toBe('CANCELLED');
    });
    expect(lab.services.operations).toEqual(['shop.a', 'shop.b', 'shop.undo-a']);
  });

  it('aborts the running step, takes everything back, and ends as cancelled', async () => {
    lab.services.on('shop.b', hang);
    await lab.run('threeSteps', [], async (handle) => {
      await vi.waitFor(() => {
        expect(lab.services.operations).toContain('shop.b');
      }, 20_000);
      await handle.cancel();
      await failure(handle);
      expect((await handle.describe()).status.name).toBe('CANCELLED');
    });
    expect(lab.services.operations).toEqual(['shop.a', 'shop.b', 'shop.undo-b', 'shop.undo-a']);
  });
});

describe('an undo that fails for good', () => {
  it('makes the run stuck until a person retries it', async () => {
    lab.services.on('shop.b', refuse(410)).on('shop.undo-b', refuse(500));
    await lab.run('threeSteps', [], async (handle) => {
      await untilStuck(handle, 'undo:b');
      lab.services.on('shop.undo-b', () => null);
      await expect(steer(handle, 'retry')).resolves.toEqual(['undo:b']);
      const { cause } = await failure(handle);
      expect(cause).toMatchObject({ details: [{ steps: ['b', 'a'], leftAsTheyAre: [] }] });
      expect((await lab.view(handle)).status).toBe('failed');
    });
    const undos = lab.services.attempts.filter(({ operation }) => operation === 'shop.undo-b');
    expect(new Set(undos.map(({ input }) => input.idempotencyKey)).size).toBe(1);
  });

  it('may be given up when it was settled by hand; the other undos go on', async () => {
    lab.services.on('shop.b', refuse(410)).on('shop.undo-b', refuse(500));
    await lab.run('threeSteps', [], async (handle) => {
      await untilStuck(handle, 'undo:b');
      await steer(handle, 'give-up');
      const { cause } = await failure(handle);
      expect(cause).toMatchObject({ details: [{ steps: ['a'], leftAsTheyAre: ['b'] }] });
    });
  });

  it('refuses what makes no sense, and says what does', async () => {
    lab.services.on('shop.b', refuse(410)).on('shop.undo-b', refuse(500));
    await lab.run('threeSteps', [], async (handle) => {
      await untilStuck(handle, 'undo:b');
      const message = /"undo" does not fit the stuck step "undo:b"; it takes retry or give-up/;
      await expect(steer(handle, 'undo')).rejects.toMatchObject({ cause: { message } });
      await handle.terminate();
    });
  });
});

describe('a step that holds', () => {
  beforeEach(() => {
    lab.services.on('shop.b', refuse(422));
  });

  it('gives each of its calls the same key again when it is tried again', async () => {
    await lab.run('heldStepOfTwoCalls', [], async (handle) => {
      await untilStuck(handle, 'both');
      lab.services.on('shop.b', () => null);
      await steer(handle, 'retry');
      await handle.result();
    });
    const keys = lab.services.attempts.map(({ input }) => input.idempotencyKey);
    expect(keys.slice(2)).toEqual(keys.slice(0, 2));
    expect(new Set(keys).size).toBe(2);
  });

  it('is tried again with the same key when a person says so', async () => {
    await lab.run('heldStep', [], async (handle) => {
      await untilStuck(handle, 'b');
      lab.services.on('shop.b', () => null);
      await steer(handle, 'retry');
      await expect(handle.result()).resolves.toBe('done');
    });
    const [, first, second] = lab.services.attempts;
    expect(second?.input.idempotencyKey).toBe(first?.input.idempotencyKey);
    expect(lab.services.operations).toEqual(['shop.a', 'shop.b', 'shop.b']);
  });

  it('undoes the saga when a person says so', async () => {
    await lab.run('heldStep', [], async (handle) => {
      await untilStuck(handle, 'b');
      await steer(handle, 'undo');
      expect((await failure(handle)).cause).toMatchObject({ type: 'saga-undone' });
    });
    expect(lab.services.operations).toEqual(['shop.a', 'shop.b', 'shop.undo-b', 'shop.undo-a']);
  });

  it('is settled alone when the answer names it', async () => {
    lab.services.on('shop.a', refuse(422));
    await lab.run('twoHeldSteps', [], async (handle) => {
      await untilStuck(handle, 'a');
      await untilStuck(handle, 'b');
      await expect(steer(handle, 'retry', 'c')).rejects.toMatchObject({
        cause: { message: expect.stringMatching(/"c" is not stuck; [ab], [ab] is/) as string },
      });
      lab.services.on('shop.b', () => null);
      await expect(steer(handle, 'retry', 'b')).resolves.toEqual(['b']);
      await vi.waitFor(async () => {
        expect((await lab.view(handle)).steps).toMatchObject([
          { name: 'a', status: 'stuck' },
          { name: 'b', status: 'completed' },
        ]);
      }, 20_000);
      lab.services.on('shop.a', () => null);
      await expect(steer(handle, 'retry')).resolves.toEqual(['a']);
      await expect(handle.result()).resolves.toBe('done');
    });
  });

  it('leaves everything as it is when a person gives the run up', async () => {
    await lab.run('heldStep', [], async (handle) => {
      await untilStuck(handle, 'b');
      await steer(handle, 'give-up');
      expect((await failure(handle)).cause).toMatchObject({
        type: 'saga-given-up',
        details: [{ undone: false, step: 'b', givenUp: ['b'] }],
      });
    });
    expect(lab.services.operations).toEqual(['shop.a', 'shop.b']);
  });

  it('is undone when the run is cancelled meanwhile', async () => {
    await lab.run('heldStep', [], async (handle) => {
      await untilStuck(handle, 'b');
      await handle.cancel();
      await failure(handle);
      expect((await handle.describe()).status.name).toBe('CANCELLED');
    });
    expect(lab.services.operations.slice(2)).toEqual(['shop.undo-b', 'shop.undo-a']);
  });
});
