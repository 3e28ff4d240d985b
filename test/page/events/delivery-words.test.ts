import { describe, expect, it } from 'vitest';

import type { CorrelatedDelivery } from '../../../src/correlations/material.ts';
import { parkedText, retriedText, waitingTexts } from '../../../src/page/events/delivery-words.ts';

const deadline = '2026-03-12T10:00:30.000Z';
const seconds = (after: number): number => Date.parse(deadline) + after * 1_000;

describe('an event that is not delivered', () => {
  const parked: CorrelatedDelivery = {
    ...{ subscription: 'shipping', position: 7, state: 'parked', attempts: 1, nextAttemptAt: null },
    error: { message: 'the sink answered 422', status: 422 },
  };

  it.each([
    [{}, 'the sink answered 422'],
    [{ attempts: 3 }, 'the sink answered 422 (3 attempts)'],
    [{ error: { message: 'the sink answered 422', body: 'no' } }, 'the sink answered 422: no'],
    [{ error: { message: 'm', body: '{"detail":"no such customer"}' } }, 'm: no such customer'],
    [{ error: { message: 'm', body: '{"detail":"no su' } }, 'm: {"detail":"no su'],
    [{ error: null }, 'it was given up'],
  ])('says why it waits for a person: %j', (is, why) => {
    const words = 'It and what comes behind it of its subject wait for a person: ';
    expect(parkedText({ ...parked, ...is }, { hasSubject: true })).toBe(words + why);
  });

  it('waits alone where it has no subject', () => {
    expect(parkedText(parked, { hasSubject: false })).toBe('It waits for a person: the sink answered 422');
  });

  it('says of what waits behind it in one line for each subscription', () => {
    const waiting = (subscription: string, position: number): CorrelatedDelivery => ({
      ...{ subscription, position, state: 'waiting', attempts: 0, nextAttemptAt: null, error: null },
    });
    const all = [parked, waiting('shipping', 8), waiting('shipping', 9), waiting('payment', 8)];
    expect(waitingTexts(all, (position) => `type ${position}`)).toEqual([
      'shipping gets 2 further events when it has taken what came before of the same subject.',
      'payment gets type 8 when it has taken what came before of the same subject.',
    ]);
    expect(waitingTexts([parked], String)).toEqual([]);
  });

  it('says when it is tried again', () => {
    const context = { type: 'paid', now: seconds(-4) };
    const retrying = { ...parked, state: 'retrying', attempts: 2, nextAttemptAt: deadline } as const;
    expect(retriedText(retrying, context)).toBe(
      'shipping has not taken paid yet: the sink answered 422. Attempt 3, in 4 s.',
    );
  });
});
