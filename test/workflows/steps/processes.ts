import {
  ApplicationFailure,
  condition,
  defineSignal,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';

import { call, decide, isRefusal, saga, wait } from '../../../src/workflows/index.ts';

/** Small processes that show one behaviour of the steps each. `shop.*` are operations that the tests script. */

export async function callTwice(): Promise<unknown> {
  return [await call('shop.a', { body: 1 }), await call('shop.a', { body: 2 })];
}

export async function callQuick(): Promise<unknown> {
  return call('shop.quick', { body: 'now' });
}

export async function callOverridden(): Promise<unknown> {
  return call('shop.a', {}, { step: 'named', timeout: '7 s', retry: { maximumAttempts: 1 } });
}

export async function callUnknown(): Promise<unknown> {
  return call('shop.nothing');
}

export async function callTooLarge(): Promise<unknown> {
  return call('shop.a', { body: 'é'.repeat(600_000) });
}

export async function refusedOutcome(): Promise<string> {
  try {
    await call('shop.a');
    return 'accepted';
  } catch (error) {
    if (isRefusal(error, 402) && isRefusal(error, 'declined'))
      return `refused with ${JSON.stringify(error.body)}`;
    throw error;
  }
}

export async function waitMonth(): Promise<void> {
  await wait('30 days', { step: 'cooling-off' });
}

export async function approval(): Promise<unknown> {
  return decide('approval', { deadline: '24 h', default: { approved: false } });
}

/** Says itself how far it is. */
export async function talkative(): Promise<void> {
  setCurrentDetails('Two of three are packed.');
  await decide('approval');
  setCurrentDetails('Three of three are packed.');
}

const undoable = (name: string): { run: () => Promise<unknown>; undo: () => Promise<unknown> } => ({
  run: () => call(`shop.${name}`),
  undo: () => call(`shop.undo-${name}`),
});

export async function threeSteps(): Promise<string> {
  return saga(async ({ step }) => {
    await step('a', undoable('a'));
    await step('b', undoable('b'));
    await step('c', undoable('c'));
    return 'done';
  });
}

export async function heldStep(): Promise<string> {
  return saga(async ({ step }) => {
    await step('a', undoable('a'));
    await step('b', { ...undoable('b'), onFailure: 'hold' });
    return 'done';
  });
}

export async function parallelSteps(): Promise<string> {
  return saga(async ({ step }) => {
    await Promise.all([step('a', undoable('a')), step('b', undoable('b'))]);
    return 'done';
  });
}

export async function outcomeAfterUndo(): Promise<string> {
  return saga(async ({ step, undo }) => {
    await step('a', undoable('a'));
    await undo();
    await call('shop.c');
    return 'taken back';
  });
}

export async function stepAfterUndo(): Promise<string> {
  return saga(async ({ step, undo }) => {
    await step('a', undoable('a'));
    await undo();
    await step('b', undoable('b'));
    return 'done';
  });
}

export async function bugAfterStep(): Promise<string> {
  return saga(async ({ step }) => {
    await step('a', undoable('a'));
    throw new TypeError('a bug in the process');
  });
}

export async function failureOfOwn(): Promise<string> {
  return saga(async ({ step }) => {
    await step('a', undoable('a'));
    throw ApplicationFailure.nonRetryable('the moon is full', 'full-moon');
  });
}

export async function namesThatMeet(): Promise<void> {
  await saga(async ({ step }) => {
    await step('a', {
      run: async () => {
        await call('shop.a', {}, { step: 'line' });
        await call('shop.a', {}, { step: 'line' });
        await call('shop.a');
        await call('shop.a');
      },
    });
    await step('a/line', { run: () => call('shop.b') });
    await step('a#2', { run: () => call('shop.b') });
    await step('a', { run: () => call('shop.b') });
  });
}

export async function twoHeldSteps(): Promise<string> {
  return saga(async ({ step }) => {
    await Promise.all([
      step('a', { ...undoable('a'), onFailure: 'hold' }),
      step('b', { ...undoable('b'), onFailure: 'hold' }),
    ]);
    return 'done';
  });
}

export async function approvedTwice(): Promise<unknown> {
  return [await decide('approval'), await decide('approval')];
}

export async function heldStepOfTwoCalls(): Promise<void> {
  await saga(async ({ step }) => {
    const run = async (): Promise<void> => {
      await call('shop.a');
      await call('shop.b');
    };
    await step('both', { run, onFailure: 'hold' });
  });
}

export async function stepNamed(name: string): Promise<unknown> {
  return call('shop.a', {}, { step: name });
}

export async function failsWhileAnotherIsAwaited(): Promise<string> {
  return saga(async ({ step }) => {
    const steps = [step('a', undoable('a')), step('b', undoable('b'))];
    for (const one of steps) await one;
    return 'done';
  });
}

export async function largeResult(): Promise<unknown> {
  return saga(async ({ step }) => {
    await step('a', undoable('a'));
    return 'x'.repeat(1_500_000);
  });
}

export async function swallowsCancellation(): Promise<string> {
  return saga(async ({ step }) => {
    await step('a', undoable('a'));
    await call('shop.b').catch(() => null);
    return 'done';
  });
}

/** Uses nothing of Baton's. */
export async function noStep(): Promise<string> {
  let isOver = false;
  setHandler(defineSignal('go'), () => {
    isOver = true;
  });
  await condition(() => isOver);
  return 'gone';
}

export async function callThenWait(): Promise<void> {
  await call('shop.a');
  await wait('1 hour', { step: 'cooling-off' });
}

export async function callThenDecide(): Promise<unknown> {
  await call('shop.a');
  return decide('approval');
}
