import { expect, it } from 'vitest';

import type { CorrelationNode } from '../../../src/correlations/nodes.ts';
import { caseNodeNote, nodeIcon, reactionWords } from '../../../src/page/correlation/case-node.ts';

it.each<[Pick<CorrelationNode, 'kind' | 'status'>, string, string, string | null]>([
  [{ kind: 'event', status: null }, 'event', '/shop', null],
  [{ kind: 'event', status: 'awaited' }, 'waiting', '/shop', 'a reaction is expected'],
  [{ kind: 'event', status: 'overdue' }, 'timed-out', '/shop', 'an expected reaction did not come'],
  [
    { kind: 'event', status: 'parked' },
    'stuck',
    '/shop',
    'a subscription could not deliver it: it waits for a person',
  ],
  [{ kind: 'event', status: 'retrying' }, 'waiting', '/shop', 'a subscription tries again to deliver it'],
  [{ kind: 'run', status: 'stuck' }, 'stuck', 'run · stuck', null],
])('%j looks like %s and says: %s, %s', (node, ...said) => {
  const whole = { ...node, source: '/shop' };
  expect([nodeIcon(whole), caseNodeNote(whole), reactionWords(whole)]).toEqual(said);
});
