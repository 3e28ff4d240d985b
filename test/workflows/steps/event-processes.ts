import { CancellationScope, continueAsNew, isCancellation } from '@temporalio/workflow';

import type { Json } from '../../../src/core/json.ts';
import {
  call,
  type CloudEvent,
  emit,
  type EmitOptions,
  type FirstEvent,
  listen,
  type ListenFilter,
  type ListenOptions,
  saga,
  wait,
} from '../../../src/workflows/index.ts';

/** Small processes that show one behaviour of `emit` and `listen` each. */

export async function emitOne(type: string, data?: Json, options?: EmitOptions): Promise<unknown> {
  return emit(type, data, options);
}

export async function emitInSaga(): Promise<unknown> {
  return saga(async ({ step }) => {
    await step('place', { run: () => emit('order.placed'), undo: () => emit('order.withdrawn') });
    return call('shop.a');
  });
}

export async function listenOne(filter: ListenFilter, options?: ListenOptions): Promise<CloudEvent | null> {
  return listen(filter, options);
}

export async function listenAny(
  any: readonly ListenFilter[],
  options?: ListenOptions,
): Promise<FirstEvent | null> {
  return listen({ any }, options);
}

export async function listenAll(all: readonly ListenFilter[], options?: ListenOptions): Promise<unknown> {
  return listen({ all }, options);
}

/** Without a deadline there is always an event. */
export async function listenTwice(filter: ListenFilter): Promise<readonly CloudEvent[]> {
  return [await listen(filter), await listen(filter)];
}

export async function listenToPair(): Promise<readonly [CloudEvent, CloudEvent]> {
  return listen({ all: [{ type: 'packed' }, { type: 'paid' }] }, { step: 'pair' });
}

export async function listenBesideAnother(filter: ListenFilter): Promise<readonly unknown[]> {
  return Promise.all([listen(filter, { step: 'one' }), listen(filter, { step: 'other' })]);
}

export async function listenAfterCall(filter: ListenFilter): Promise<unknown> {
  await call('shop.a');
  return listen(filter);
}

/** Takes so many events in executions of one event each. */
export async function listenOnAndOn(filter: ListenFilter, times: number): Promise<unknown> {
  const event = await listen(filter);
  if (times <= 1) return event;
  return continueAsNew<typeof listenOnAndOn>(filter, times - 1);
}

export async function listenThenClean(filter: ListenFilter): Promise<unknown> {
  try {
    return await listen(filter);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(() => wait('1 hour', { step: 'clean' }));
    return 'cleaned';
  }
}
