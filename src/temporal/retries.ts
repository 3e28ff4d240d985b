import { setTimeout as sleep } from 'node:timers/promises';

import {
  type ConnectionOptions,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';

/** The longest pause before a request is tried again, in milliseconds. */
const maximumPause = 1_000;

/** How the requests of one connection are tried again. */
export interface Retries {
  readonly interceptor: NonNullable<ConnectionOptions['interceptors']>[number];
  /** Lets no further try begin, and waits for those that are due. Then the connection may be closed. */
  stop(): Promise<void>;
}

/**
 * The SDK's own rules, made safe to end: a try that comes due after its connection was closed throws from a timer, which
 * ends the process.
 */
export function createRetries(): Retries {
  const rules = defaultGrpcRetryOptions();
  let isStopped = false;
  let lastDue = 0;
  return {
    interceptor: makeGrpcRetryInterceptor({
      retryableDecider: (attempt, status) => !isStopped && rules.retryableDecider(attempt, status),
      delayFunction: (attempt, status) => {
        const pause = Math.min(rules.delayFunction(attempt, status), maximumPause);
        lastDue = Math.max(lastDue, Date.now() + pause);
        return pause;
      },
    }),
    stop: async () => {
      isStopped = true;
      // A timer may come a little after its time.
      while (Date.now() <= lastDue + 10) await sleep(lastDue + 11 - Date.now());
    },
  };
}
