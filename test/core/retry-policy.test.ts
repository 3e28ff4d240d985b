import { describe, expect, it } from 'vitest';

import { defaultRetryPolicy, nextDelay } from '../../src/core/retry-policy.ts';

const policy = {
  ...defaultRetryPolicy,
  initialInterval: 100,
  backoff: 2,
  maximumInterval: 1_000,
  maximumRetryAfter: 5_000,
};

describe('the delay before the next attempt', () => {
  it.each([
    { attempt: 1, random: 0, delay: 50 },
    { attempt: 1, random: 0.5, delay: 75 },
    { attempt: 2, random: 0, delay: 100 },
    { attempt: 4, random: 0, delay: 400 },
    { attempt: 5, random: 0, delay: 500 },
    { attempt: 60, random: 0, delay: 500 },
    { attempt: 60, random: 0.999, delay: 1_000 },
  ])('is $delay ms after attempt $attempt with random $random', ({ attempt, random, delay }) => {
    expect(nextDelay(policy, { attempt, random })).toBe(delay);
  });

  it('is what the service asked for, without jitter', () => {
    expect(nextDelay(policy, { attempt: 1, retryAfter: 3_000, random: 0.3 })).toBe(3_000);
  });

  it('is never nothing, which Temporal would take for the end of all attempts', () => {
    expect(nextDelay(policy, { attempt: 1, retryAfter: 0, random: 0 })).toBe(1);
    expect(nextDelay({ ...policy, maximumRetryAfter: 0 }, { attempt: 1, retryAfter: 5_000, random: 0 })).toBe(
      1,
    );
    expect(nextDelay({ ...policy, initialInterval: 1 }, { attempt: 1, random: 0 })).toBe(1);
  });

  it('cuts what the service asked for to the longest that the policy honours', () => {
    expect(nextDelay(policy, { attempt: 1, retryAfter: 86_400_000, random: 0 })).toBe(5_000);
  });
});
