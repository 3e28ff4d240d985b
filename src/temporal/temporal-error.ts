import { isGrpcServiceError } from '@temporalio/client';

import { BatonError } from '../core/errors.ts';

/** The codes of gRPC that are told apart here (https://grpc.io/docs/guides/status-codes/). */
export const grpcStatus = {
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  unimplemented: 12,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/** The gRPC status of a failed request, also where a client wrapped it; `undefined` for any other error. */
export function grpcStatusOf(error: unknown): number | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (isGrpcServiceError(at)) return at.code;
  }
  return undefined;
}

/** What means: the server is away, or has too much to do. The native client says cancelled where time ran out. */
const awayStatuses: ReadonlySet<number> = new Set([
  grpcStatus.cancelled,
  grpcStatus.deadlineExceeded,
  grpcStatus.resourceExhausted,
  grpcStatus.unavailable,
]);

export function isTemporalAway(error: unknown): boolean {
  const status = grpcStatusOf(error);
  return status !== undefined && awayStatuses.has(status);
}

/** The server at this address did not answer when Baton connected. */
export function unreachable(address: string, cause: unknown): BatonError {
  const message = `Temporal cannot be reached at ${address} (${reasonOf(cause)}). Is it running, and is TEMPORAL_ADDRESS right?`;
  return new BatonError('temporal-unavailable', message, { cause, extensions: { address } });
}

/**
 * Says whether a request failed because Temporal is away, and may succeed later.
 *
 * @returns the error as Baton reports it, or the same error where it is something else
 */
export function toTemporalError(error: unknown): unknown {
  const status = grpcStatusOf(error);
  if (status !== grpcStatus.unavailable && status !== grpcStatus.deadlineExceeded) return error;
  return new BatonError('temporal-unavailable', `Temporal does not answer (${reasonOf(error)})`, {
    cause: error,
  });
}

function reasonOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (isGrpcServiceError(at)) return at.details || at.message;
    if (at.cause === undefined) return at.message;
  }
  return String(error);
}
