import { setTimeout as sleep } from 'node:timers/promises';

import type { Client } from '@temporalio/client';

import { searchAttributeTypes } from '../core/attributes.ts';
import { BatonError } from '../core/errors.ts';
import { grpcStatus, grpcStatusOf, toTemporalError } from './temporal-error.ts';

/** Temporal's numbers for the types of search attributes (`temporal.api.enums.v1.IndexedValueType`). */
const indexedValueType = { Keyword: 2, Datetime: 6, KeywordList: 7 } as const;

const wanted: Readonly<Record<string, keyof typeof indexedValueType>> = searchAttributeTypes;

/** A server reads its namespaces again about every ten seconds; until then it does not know a new attribute. */
const patience = { limit: 20_000, pause: 100 };

const refusals = new Set<number | undefined>([
  grpcStatus.permissionDenied,
  grpcStatus.unauthenticated,
  grpcStatus.unimplemented,
]);

/**
 * Registers Baton's search attributes in the client's namespace, and waits until they can be used. Does nothing when
 * they are there; several processes may do it at once.
 *
 * @throws BatonError `temporal-unavailable`; where Temporal does not let us, it names the command for an operator
 */
export async function ensureSearchAttributes(client: Client): Promise<void> {
  const missing = await missingAttributes(client);
  if (missing.length === 0) return;
  try {
    await add(client, missing);
  } catch (error) {
    if (refusals.has(grpcStatusOf(error))) throw notAllowed(missing, client.options.namespace, error);
    throw toTemporalError(error);
  }
  await untilUsable(client);
}

/**
 * Which of Baton's search attributes the client's namespace does not have.
 *
 * @throws BatonError `temporal-unavailable`
 */
export async function missingAttributes(client: Client): Promise<readonly string[]> {
  try {
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({
      namespace: client.options.namespace,
    });
    return Object.keys(wanted).filter((name) => !Object.hasOwn(customAttributes, name));
  } catch (error) {
    // Where the operator service is closed, as in Temporal Cloud, a query tells just as well.
    if (!refusals.has(grpcStatusOf(error))) throw toTemporalError(error);
    return (await areUsable(client)) === true ? [] : Object.keys(wanted);
  }
}

/** A server may refuse all of them for one that is there already; then they are added one by one. */
async function add(client: Client, names: readonly string[]): Promise<void> {
  const types = names.map((name) => [name, indexedValueType[wanted[name] ?? 'Keyword']] as const);
  try {
    await client.connection.operatorService.addSearchAttributes({
      namespace: client.options.namespace,
      searchAttributes: Object.fromEntries(types),
    });
  } catch (error) {
    if (grpcStatusOf(error) !== grpcStatus.alreadyExists) throw error;
    if (names.length > 1) for (const name of names) await add(client, [name]);
  }
}

async function untilUsable(client: Client): Promise<void> {
  const deadline = Date.now() + patience.limit;
  while ((await areUsable(client)) === false) {
    if (Date.now() > deadline) {
      throw new BatonError(
        'temporal-unavailable',
        'Temporal does not take the new search attributes into use',
      );
    }
    await sleep(patience.pause);
  }
}

/** @returns `null` where it cannot be told: the time-skipping test server has no counting, and knows them at once */
async function areUsable(client: Client): Promise<boolean | null> {
  const query = Object.keys(wanted).map((name) => `${name} IS NOT NULL`);
  try {
    await client.workflow.count(query.join(' OR '));
    return true;
  } catch (error) {
    const status = grpcStatusOf(error);
    if (status === grpcStatus.unimplemented) return null;
    if (status === grpcStatus.invalidArgument) return false;
    throw toTemporalError(error);
  }
}

function notAllowed(missing: readonly string[], namespace: string, cause: unknown): BatonError {
  const flags = missing.map((name) => `--name ${name} --type ${wanted[name] ?? 'Keyword'}`);
  const command = `temporal operator search-attribute create --namespace ${namespace} ${flags.join(' ')}`;
  const message = `The search attributes ${missing.join(', ')} are missing in the namespace "${namespace}", and this account may not create them. Let an operator run: ${command}`;
  return new BatonError('temporal-unavailable', message, { cause, extensions: { command } });
}
