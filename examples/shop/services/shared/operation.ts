import type { Answer } from './answer.ts';
import type { Database, Transaction } from './database.ts';

/** A request that fits the service's document; `path` has the parameters of the path, unescaped. */
export interface OperationRequest<Path = Readonly<Record<string, string>>, Body = unknown> {
  readonly path: Path;
  readonly body: Body;
}

/** An operation that only looks. */
export type Read<Request> = (database: Database, request: Request) => Promise<Answer>;

/**
 * An operation that changes something. All that it does is done in one transaction, together with the memory of its
 * answer; throwing takes everything back.
 *
 * @throws Problem when the change is refused
 */
export type Change<Request> = (transaction: Transaction, request: Request) => Promise<Answer>;

/**
 * The order that a request belongs to. Every id of the shop begins with its order's, up to a colon; so a request
 * without a body can be told as well.
 */
export function orderIdOf({ path, body }: OperationRequest): string | undefined {
  if (typeof body === 'object' && body !== null && 'orderId' in body) return String(body.orderId);
  return Object.values(path).at(0)?.split(':').at(0);
}
