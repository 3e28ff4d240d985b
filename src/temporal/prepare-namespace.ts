import type { Client } from '@temporalio/client';

import { BatonError } from '../core/errors.ts';
import { askTemporal } from './ask-temporal.ts';
import { ensureSearchAttributes } from './search-attributes.ts';
import { grpcStatus, grpcStatusOf } from './temporal-error.ts';

/**
 * Makes sure that the client's namespace is there and has what Baton writes into runs.
 *
 * @throws BatonError `invalid-request` when there is no such namespace; `temporal-unavailable`
 */
export async function prepareNamespace(client: Client): Promise<void> {
  const { namespace } = client.options;
  try {
    await askTemporal(client, () => client.workflowService.describeNamespace({ namespace }));
  } catch (error) {
    const status = grpcStatusOf(error);
    if (status === grpcStatus.notFound) throw noNamespace(namespace, error);
    // Who may not look may still use it.
    if (status !== grpcStatus.permissionDenied) throw error;
  }
  await ensureSearchAttributes(client);
}

function noNamespace(namespace: string, cause: unknown): BatonError {
  const message =
    `Temporal has no namespace "${namespace}". Set TEMPORAL_NAMESPACE to one that it has, or create it: ` +
    `temporal operator namespace create --namespace ${namespace}`;
  return new BatonError('invalid-request', message, { cause });
}
