import { Client, type ClientOptions } from '@temporalio/client';

/**
 * A client on a connection of its own, or on a worker's. Only on a worker's (`NativeConnection`) may a start ask for
 * `requestEagerStart`; on the other the SDK refuses it.
 */
export function createClient(options: Pick<ClientOptions, 'connection' | 'namespace' | 'plugins'>): Client {
  return new Client(options);
}
