import { Client, type ConnectionLike } from '@temporalio/client';

/**
 * A client on a connection of its own, or on a worker's. Only on a worker's (`NativeConnection`) may a start ask for
 * `requestEagerStart`; on the other the SDK refuses it.
 */
export function createClient(options: { connection: ConnectionLike; namespace: string }): Client {
  return new Client(options);
}
