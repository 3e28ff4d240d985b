import { Connection } from '@temporalio/client';

import { createRetries } from './retries.ts';
import type { TemporalSettings } from './settings.ts';
import { unreachable } from './temporal-error.ts';

/**
 * Connects a client. A connection that is lost later comes back by itself, so a Temporal that is restarted needs no
 * restart here.
 *
 * @param timeout how long to wait for a server that does not answer yet, in milliseconds
 * @throws BatonError `temporal-unavailable` that names the address
 */
export async function connectClient(settings: TemporalSettings, timeout = 5_000): Promise<Connection> {
  const { address, credentials } = settings;
  const retries = createRetries();
  const connection = Connection.lazy({
    address,
    ...credentials,
    connectTimeout: timeout,
    interceptors: [retries.interceptor],
  });
  const close = connection.close.bind(connection);
  connection.close = async () => {
    await retries.stop();
    await close();
  };
  try {
    await connection.ensureConnected();
    return connection;
  } catch (error) {
    await connection.close();
    throw unreachable(address, error);
  }
}
