import { describe, expect, it } from 'vitest';

import { createBulkhead } from '../../src/activities/bulkhead.ts';

const never = new AbortController().signal;

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
