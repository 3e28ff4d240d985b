import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import {
  ApplicationFailure,
  condition,
  defineSignal,
  defineUpdate,
  executeChild,
  getExternalWorkflowHandle,
  patched,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  startChild,
  upsertMemo,
  upsertSearchAttributes,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';

import { searchAttributes } from '../../src/core/attributes.ts';

// Workflows as a team may have them that never heard of Baton: Temporal's own functions, and no names for anything.

type Call = (request?: unknown) => Promise<unknown>;

const businessKey = defineSearchAttributeKey(searchAttributes.businessKey, SearchAttributeType.KEYWORD);
const nudge = defineSignal<[string]>('nudge');

const ordinaryActivities = proxyActivities<Record<string, Call>>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '20 ms' },
});
const named = proxyActivities<Record<string, Call>>({
  startToCloseTimeout: '1 minute',
  summary: 'Reserve an item',
});
const local = proxyLocalActivities<Record<string, Call>>({ startToCloseTimeout: '2 s' });

async function run(activities: Record<string, Call>, name: string): Promise<unknown> {
  return activities[name]?.();
}

/** A bit of everything that Temporal's SDK offers; it ends when it was nudged. */
export async function ordinary(): Promise<unknown> {
  const nudges: string[] = [];
  setHandler(nudge, (by) => {
    nudges.push(by);
  });
  setHandler(defineUpdate<string, [string]>('rename'), async (name) => {
    await sleep(10);
    return name;
  });
  setHandler(defineUpdate<undefined, [number]>('resize'), () => {
    throw ApplicationFailure.nonRetryable('it has one size', 'one-size');
  });
  await run(ordinaryActivities, 'inventory.check');
  await run(ordinaryActivities, 'payment.shaky');
  await run(ordinaryActivities, 'sendMail');
  await Promise.all([run(named, 'inventory.reserve'), run(named, 'inventory.reserve')]);
  await run(local, 'inventory.check');
  const isPatched = patched('second-thoughts');
  upsertMemo({ colour: 'blue' });
  upsertSearchAttributes([{ key: businessKey, value: `renamed ${uuid4().length}` }]);
  await Promise.race([sleep('30 ms'), sleep('1 hour')]);
  await condition(() => false, '10 ms');
  await executeChild('ordinaryChild', { workflowId: 'child-of-ordinary', staticSummary: 'A child' });
  await getExternalWorkflowHandle('no-such-run')
    .signal(nudge, 'hello')
    .catch(() => undefined);
  await condition(() => nudges.length > 0);
  return { isPatched, nudges };
}

export async function ordinaryChild(): Promise<string> {
  await run(ordinaryActivities, 'inventory.check');
  return workflowInfo().parent?.workflowId ?? '';
}

export async function nudged(): Promise<unknown> {
  const nudges: string[] = [];
  setHandler(nudge, (by) => {
    nudges.push(by);
  });
  await condition(() => nudges.length > 0);
  return nudges;
}

/** Ends before the run that it started, one that outlives it and one that does not. */
export async function lettingGo(): Promise<void> {
  await Promise.all([
    startChild('nudged', {
      ...{ workflowId: 'heir', staticSummary: 'Goes on', parentClosePolicy: 'ABANDON' as const },
    }),
    startChild('nudged', { workflowId: 'bound', staticSummary: 'Ends with it' }),
  ]);
  await run(ordinaryActivities, 'inventory.check');
}
