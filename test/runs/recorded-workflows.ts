import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import {
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  defineUpdate,
  executeChild,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';

import { searchAttributes } from '../../src/core/attributes.ts';

export * from './recorded-ordinary.ts';

// Each workflow leaves the traces in its history that Baton's steps leave, with nothing else around them.

type Call = (request?: unknown) => Promise<unknown>;

const status = defineSearchAttributeKey(searchAttributes.status, SearchAttributeType.KEYWORD);
const waitingFor = defineSearchAttributeKey(searchAttributes.waitingFor, SearchAttributeType.KEYWORD_LIST);

function call(step: string, operation: string, options: { attempts?: number; taskQueue?: string } = {}) {
  const activities = proxyActivities<Record<string, Call>>({
    activityId: step,
    summary: step,
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: '30 s',
    ...(options.taskQueue !== undefined && { taskQueue: options.taskQueue }),
    retry: {
      initialInterval: '20 ms',
      maximumInterval: '1 hour',
      ...(options.attempts !== undefined && { maximumAttempts: options.attempts }),
    },
  });
  return (activities[operation] as Call)({ step });
}

function quick(step: string, operation: string): Promise<unknown> {
  const activities = proxyLocalActivities<Record<string, Call>>({
    summary: step,
    startToCloseTimeout: '2 s',
    retry: { maximumAttempts: 2, initialInterval: '10 ms' },
  });
  return (activities[operation] as Call)({ step });
}

export async function completed(input: { orderId: string }): Promise<unknown> {
  const reservations = await Promise.all([
    call('reserve', 'inventory.reserve'),
    call('reserve#2', 'inventory.reserve'),
  ]);
  const payment = await call('authorise', 'payment.authorise');
  return { orderId: input.orderId, reservations, payment };
}

/** Its second attempt comes in an hour. */
export async function retrying(): Promise<void> {
  await call('charge', 'payment.down');
}

/** A call that runs, one that no worker takes, and a timer. */
export async function busy(): Promise<void> {
  await Promise.all([
    call('ship', 'shipping.slow'),
    call('print', 'printing.print', { taskQueue: 'nobody' }),
    sleep('30 days', { summary: 'cooling-off' }),
    sleep('30 days'),
  ]);
}

export async function retriedAndCompleted(): Promise<void> {
  await call('charge', 'payment.shaky');
}

export async function failed(): Promise<void> {
  await call('charge', 'payment.refuse');
}

export async function exhausted(): Promise<void> {
  await call('charge', 'payment.broken', { attempts: 2 });
}

export async function undone(): Promise<void> {
  await call('reserve', 'inventory.reserve');
  await call('authorise', 'payment.authorise');
  try {
    await call('ship', 'shipping.refuse');
  } catch (error) {
    await call('undo:authorise', 'payment.void');
    await call('undo:reserve', 'inventory.release');
    const failure = error as { cause: { cause: Error } };
    const stepFailed = new ApplicationFailure(
      'ship: shipping answered 422',
      'call-refused',
      true,
      [{ step: 'ship', status: 422, body: { reason: 'no such address' } }],
      failure as unknown as Error,
    );
    throw new ApplicationFailure(
      'ship: shipping answered 422; 2 steps were undone',
      'saga-undone',
      true,
      [{ undone: true, step: 'ship' }],
      stepFailed,
    );
  }
}

/** Cancelled while a call runs; its undo runs all the same. */
export async function cancelled(): Promise<void> {
  await call('reserve', 'inventory.reserve');
  try {
    await call('ship', 'shipping.slow');
  } catch (error) {
    if (isCancellation(error)) {
      await CancellationScope.nonCancellable(() => call('undo:reserve', 'inventory.release'));
    }
    throw error;
  }
}

export async function quickCalls(): Promise<void> {
  await quick('check', 'inventory.check');
  await Promise.all([quick('reserve', 'inventory.reserve'), quick('reserve#2', 'inventory.reserve')]);
  try {
    await quick('charge', 'payment.broken');
  } catch {
    await call('charge', 'payment.shaky');
  }
  await quick('notify', 'notification.send');
}

export async function quickCallRefused(): Promise<void> {
  await quick('charge', 'payment.refuse');
}

export async function timers(): Promise<void> {
  await sleep('10 ms', { summary: 'breath' });
  const scope = new CancellationScope();
  const reminder = scope.run(() => sleep('1 hour', { summary: 'reminder' }));
  await sleep('10 ms');
  scope.cancel();
  await reminder.catch(() => undefined);
}

async function decide(name: string, deadline: number): Promise<unknown> {
  const answers: unknown[] = [];
  setHandler(defineUpdate<unknown, [unknown]>(name), (answer) => {
    answers.push(answer);
    return answer;
  });
  upsertSearchAttributes([{ key: waitingFor, value: [name] }]);
  try {
    await condition(() => answers.length > 0, deadline, { summary: name });
  } finally {
    upsertSearchAttributes([{ key: waitingFor, value: null }]);
  }
  return answers[0] ?? 'default';
}

export async function decision(deadline: number): Promise<unknown> {
  await call('reserve', 'inventory.reserve');
  return decide('approval', deadline);
}

/** A step that failed for good waits for a person, who has it tried again. */
export async function stuck(): Promise<void> {
  await call('reserve', 'inventory.reserve');
  for (;;) {
    try {
      await call('ship', 'shipping.brokenTwice', { attempts: 2 });
      return;
    } catch {
      await steered('ship');
    }
  }
}

/** An undo that failed for good, of a saga step whose own call has a longer name. */
export async function stuckUndo(): Promise<void> {
  await call('reserve/first', 'inventory.reserve');
  try {
    await call('undo:reserve/release', 'payment.refuse');
  } catch {
    await steered('undo:reserve');
  }
}

async function steered(step: string): Promise<void> {
  let isSteered = false;
  setHandler(defineUpdate('baton.steer'), () => {
    isSteered = true;
  });
  upsertSearchAttributes([
    { key: waitingFor, value: [step] },
    { key: status, value: 'stuck' },
  ]);
  await condition(() => isSteered);
  upsertSearchAttributes([
    { key: waitingFor, value: null },
    { key: status, value: null },
  ]);
}

/** Fails at its last step, which a later try of it would not. */
export async function failedOnce(deadline: number): Promise<unknown> {
  await call('reserve', 'inventory.reserve');
  await sleep('10 ms', { summary: 'breath' });
  const decided = await decide('approval', deadline);
  await call('ship', 'shipping.brokenTwice', { attempts: 2 });
  return decided;
}

export async function buggy(): Promise<void> {
  await call('reserve', 'inventory.reserve');
  throw new TypeError("Cannot read properties of undefined (reading 'total')");
}

export async function again(round: number): Promise<string> {
  await call('reserve', 'inventory.reserve');
  if (round < 3) await continueAsNew<typeof again>(round + 1);
  return `round ${round}`;
}

export async function parent(): Promise<void> {
  await executeChild('completed', { workflowId: 'child-of-parent', args: [{ orderId: 'o-2' }] });
  await executeChild('failed', { workflowId: 'failing-child-of-parent' });
}

export async function slow(): Promise<void> {
  await sleep('1 hour', { summary: 'nap' });
}
