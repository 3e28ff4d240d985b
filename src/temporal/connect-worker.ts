import { setTimeout as sleep } from 'node:timers/promises';

import { NativeConnection } from '@temporalio/worker';

import type { TemporalSettings } from './settings.ts';
import { unreachable } from './temporal-error.ts';

const pause = 250;

/**
 * Connects a worker. A client may share the connection: with both in one process, a run that asks for it is started
 * eagerly. A connection that is lost later comes back by itself.
 *
 * @param timeout how long to wait for a server that does not answer yet, in milliseconds
 * @throws BatonError `temporal-unavailable` that names the address
 */
export async function connectWorker(settings: TemporalSettings, timeout = 5_000): Promise<NativeConnection> {
  const { address, credentials } = settings;
  const deadline = Date.now() + timeout;
  for (;;) {
    try {
      return await within(deadline - Date.now(), NativeConnection.connect({ address, ...credentials }));
    } catch (error) {
      if (Date.now() + pause >= deadline) throw unreachable(address, error);
      await sleep(pause);
    }
  }
}

/** The connecting itself takes no time limit; one that comes too late is closed again. */
async function within(limit: number, connecting: Promise<NativeConnection>): Promise<NativeConnection> {
  const timer = new AbortController();
  const late = sleep(limit, undefined, { signal: timer.signal }).then(() => {
    connecting.then((connection) => connection.close()).catch(() => undefined);
    throw new Error('no answer in time');
  });
  try {
    return await Promise.race([connecting, late]);
  } finally {
    timer.abort();
  }
}
