import { describe, expect, it } from 'vitest';

import { nextStep } from '../../../src/events/subscriptions/delivery-outcome.ts';

const policy = {
  initialInterval: 100,
  backoff: 2,
  maximumInterval: 1_000,
  maximumAttempts: 3,
  maximumRetryAfter: 5_000,
};
const failed = { kind: 'failed', error: { message: 'no' }, isFinal: false } as const;

describe('an event that could not be delivered', () => {
  it.each([
    [1, { state: 'retrying', delay: 100 }],
    [2, { state: 'retrying', delay: 200 }],
    [3, { state: 'parked' }],
  ])('after attempt %d: %j', (attempt, expected) => {
    expect(nextStep(failed, { policy, attempt, random: 1 })).toEqual(expected);
  });

  it('is parked at once where no repetition will help', () => {
    expect(nextStep({ ...failed, isFinal: true }, { policy, attempt: 1, random: 1 })).toEqual({
      state: 'parked',
    });
  });

  it('comes when the target says, but no later than the policy allows', () => {
    const wait = (retryAfter: number): unknown =>
      nextStep({ ...failed, retryAfter }, { policy, attempt: 1, random: 1 });
    expect(wait(3_000)).toEqual({ state: 'retrying', delay: 3_000 });
    expect(wait(60_000)).toEqual({ state: 'retrying', delay: 5_000 });
  });

  it('is tried for ever where the policy has no limit', () => {
    const endless = { ...policy, maximumAttempts: null };
    expect(nextStep(failed, { policy: endless, attempt: 99, random: 1 })).toEqual({
      state: 'retrying',
      delay: 1_000,
    });
  });
});
