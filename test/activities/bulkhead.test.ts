import { afterEach, describe, expect, it, vi } from 'vitest';

import { createBulkhead } from '../../src/activities/bulkhead.ts';

const never = new AbortController().signal;

afterEach(() => {
  vi.useRealTimers();
});

describe('a bulkhead', () => {
  it('lets no more calls through at once than the service may have', async () => {
    const bulkhead = createBulkhead({ concurrency: 2, rate: null });
    let running = 0;
    let most = 0;
    const task = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((done) => setImmediate(done));
      running -= 1;
    };
    await Promise.all(Array.from({ length: 10 }, () => bulkhead.run(task, never)));
    expect(most).toBe(2);
  });

  it.each([
    { rate: 0.5, at: [0, 2_000, 4_000] },
    { rate: 2, at: [0, 0, 1_000] },
  ])('lets through as many a second as the service takes: $rate', async ({ rate, at }) => {
    vi.useFakeTimers();
    const began = Date.now();
    const bulkhead = createBulkhead({ concurrency: 10, rate });
    const calls = at.map(() => bulkhead.run(() => Promise.resolve(Date.now() - began), never));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await Promise.all(calls)).toEqual(at);
  });

  it('keeps to its rate in any second, not only in those of a clock', async () => {
    vi.useFakeTimers();
    const began = Date.now();
    const bulkhead = createBulkhead({ concurrency: 10, rate: 2 });
    const call = (): Promise<number> => bulkhead.run(() => Promise.resolve(Date.now() - began), never);
    const first = call();
    await vi.advanceTimersByTimeAsync(900);
    const later = [call(), call(), call(), call()];
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await Promise.all([first, ...later])).toEqual([0, 900, 1_000, 1_900, 2_000]);
  });

  it('lets a cancelled call leave the queue', async () => {
    const bulkhead = createBulkhead({ concurrency: 1, rate: null });
    const release = new AbortController();
    const first = (): Promise<string> =>
      new Promise((resolve) => {
        release.signal.addEventListener('abort', () => {
          resolve('done');
        });
      });
    const running = bulkhead.run(first, never);
    const cancellation = new AbortController();
    const waiting = bulkhead.run(() => Promise.resolve('too late'), cancellation.signal);
    cancellation.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
    release.abort();
    await expect(running).resolves.toBe('done');
  });
});
