import {
  condition,
  continueAsNew,
  defineSignal,
  executeChild,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';

import type { Json } from '../../src/core/json.ts';
import { call, type Saga, saga } from '../../src/workflows/index.ts';
import { askPerson } from '../../src/workflows/steps/ask-person.ts';
import { decide } from '../../src/workflows/steps/decide.ts';

/** The process of `sample.ts`: done at once, or when what it waits `until` has come. */
export async function parcel(input: {
  weight: number;
  until?:
    | 'approval'
    | 'stuck'
    | 'stuck twice'
    | 'cancelled'
    | 'renewed'
    | 'called'
    | 'delivered'
    | 'approved delivery'
    | 'held'
    | 'held twice'
    | 'sub-run';
}): Promise<Json> {
  switch (input.until) {
    case 'approval':
      return decide<Json>('approval');
    case 'stuck':
      return (await askPerson('send', ['retry', 'give-up'])).action;
    case 'stuck twice':
      await askPerson('send', ['retry', 'give-up']);
      return (await askPerson('send', ['retry', 'give-up'])).action;
    case 'cancelled':
      await condition(() => false);
      return null;
    case 'renewed':
      return continueAsNew<typeof parcel>({ weight: input.weight + 1 });
    case 'called': {
      let isCalled = false;
      setHandler(defineSignal('call'), () => {
        isCalled = true;
      });
      await condition(() => isCalled);
      return continueAsNew<typeof parcel>({ weight: input.weight, until: 'delivered' });
    }
    case 'delivered':
      return deliver();
    case 'approved delivery':
      await call('carrier.book');
      return decideThenLabel();
    case 'held':
      return saga(async ({ step }) => {
        await step('book', { run: () => call('carrier.book'), undo: () => call('carrier.cancel') });
        await step('label', { run: () => call('carrier.label'), onFailure: 'hold' });
        return call('carrier.deliver');
      });
    case 'held twice':
      return saga(holdTwice);
    case 'sub-run':
      return executeChild(parcel, {
        workflowId: `${workflowInfo().workflowId}/inner`,
        args: [{ weight: input.weight, until: 'delivered' }],
      });
    default:
      return { sent: input.weight };
  }
}

async function deliver(): Promise<Json> {
  await call('carrier.book');
  await call('carrier.label');
  return call('carrier.deliver');
}

/** The second step is held after the first one, which is not waited for until then. */
async function holdTwice({ step }: Saga): Promise<Json> {
  const labelled = step('label', { run: () => call('carrier.label'), onFailure: 'hold' });
  await step('book', { run: () => call('carrier.book') });
  const delivered = await step('deliver', { run: () => call('carrier.deliver'), onFailure: 'hold' });
  return [await labelled, delivered];
}

/** The decision and the call that follows it begin in one workflow task. */
async function decideThenLabel(): Promise<Json> {
  const decision = await decide<Json>('approval');
  await call('carrier.label', { body: decision });
  return decision;
}
