import { setTimeout as sleep } from 'node:timers/promises';

import { NativeConnection } from '@temporalio/worker';

import { type ConnectOptions, defaultTimeout } from './connect-options.ts';
import type { TemporalSettings } from './settings.ts';
import { unreachable } from './temporal-error.ts';

const pause = 250;

/**
 * Connects a worker. A client may share the connection: with both in one process, a run that asks for it is started
 * eagerly. A connection that is lost later comes back by itself.
 *
 * @throws BatonError `temporal-unavailable` that names the address; an AbortError when it was given up
 */
export async function connectWorker(
  settings: TemporalSettings,
  { timeout = defaultTimeout, signal }: ConnectOptions = {},
): Promise<NativeConnection> {
  const { address, credentials } = settings;
  const deadline = Date.now() + timeout;
  for (;;) {
    try {
      const connecting = NativeConnection.connect({ address, ...credentials });
      return await within(connecting, { limit: deadline - Date.now(), signal });
    } catch (error) {
      signal?.throwIfAborted();
      if (Date.now() + pause >= deadline) throw unreachable(address, error);
      await sleep(pause, undefined, { ...(signal !== undefined && { signal }) });
    }
  }
}

/** The connecting itself takes no time limit; one that comes too late is closed again. */
async function within(
  connecting: Promise<NativeConnection>,
  { limit, signal }: { readonly limit: number; readonly signal: AbortSignal | undefined },
): Promise<NativeConnection> {
  const over = new AbortController();
  const given = signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]);
  const late = sleep(limit, undefined, { signal: given }).then(() => {
    throw new Error('no answer in time');
  });
  try {
    return await Promise.race([connecting, late]);
  } catch (error) {
    connecting.then((connection) => connection.close()).catch(() => undefined);
    throw error;
  } finally {
    over.abort();
  }
}
