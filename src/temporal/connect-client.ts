import { setTimeout as sleep } from 'node:timers/promises';

import { Connection } from '@temporalio/client';

import { type ConnectOptions, defaultTimeout } from './connect-options.ts';
import { createRetries } from './retries.ts';
import type { TemporalSettings } from './settings.ts';
import { grpcStatus, grpcStatusOf, unreachable } from './temporal-error.ts';

/** Between two tries, in milliseconds. */
const pause = 250;

/**
 * Connects a client. A connection that is lost later comes back by itself, so a Temporal that is restarted needs no
 * restart here.
 *
 * @throws BatonError `temporal-unavailable` that names the address; an AbortError when it was given up
 */
export async function connectClient(
  settings: TemporalSettings,
  { timeout = defaultTimeout, signal }: ConnectOptions = {},
): Promise<Connection> {
  const connection = connectWhenNeeded(settings);
  try {
    await untilAnswered(connection, { deadline: Date.now() + timeout, signal });
    return connection;
  } catch (error) {
    await connection.close();
    signal?.throwIfAborted();
    throw unreachable(settings.address, error);
  }
}

/** A client's connection that is made by the first request: Temporal may be away until then. */
export function connectWhenNeeded({ address, credentials }: TemporalSettings): Connection {
  const retries = createRetries();
  const connection = Connection.lazy({
    address,
    ...credentials,
    interceptors: [retries.interceptor],
  });
  const close = connection.close.bind(connection);
  connection.close = async () => {
    await retries.stop();
    await close();
  };
  return connection;
}

/** The SDK's own waiting for a connection cannot be given up. */
async function untilAnswered(
  connection: Connection,
  {
    deadline,
    signal = new AbortController().signal,
  }: { readonly deadline: number; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const ask = (): Promise<unknown> => connection.workflowService.getSystemInfo({});
  for (;;) {
    signal.throwIfAborted();
    try {
      await connection.withDeadline(deadline, () => connection.withAbortSignal(signal, ask));
      return;
    } catch (error) {
      if (signal.aborted) continue;
      if (Date.now() + pause >= deadline || grpcStatusOf(error) !== grpcStatus.unavailable) throw error;
      await sleep(pause, undefined, { signal });
    }
  }
}
