import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { connectClient } from '../../src/temporal/connect-client.ts';
import { createClient } from '../../src/temporal/create-client.ts';
import { prepareNamespace } from '../../src/temporal/prepare-namespace.ts';
import { ensureSearchAttributes } from '../../src/temporal/search-attributes.ts';
import { startTemporal, type TestTemporal } from './start-temporal.ts';

describe('ensureSearchAttributes', () => {
  let temporal: TestTemporal;
  let client: Client;

  beforeAll(async () => {
    temporal = await startTemporal();
    const connection = await connectClient(temporal.settings);
    client = createClient({ connection, namespace: 'default' });
  });

  afterAll(async () => {
    await client.connection.close();
    await temporal.stop();
  });

  it('makes them usable, when several processes do so at once and again later', async () => {
    await Promise.all([
      ensureSearchAttributes(client),
      ensureSearchAttributes(client),
      ensureSearchAttributes(client),
    ]);
    await ensureSearchAttributes(client);
    const { count } = await client.workflow.count(
      'BatonBusinessKey = "o-1" OR BatonStatus = "stuck" OR BatonWaitingFor = "approval"',
    );
    expect(count).toBe(0);
  });

  it('is content with attributes that an operator made, where it may not look', async () => {
    await ensureSearchAttributes(client);
    await expect(ensureSearchAttributes(restricted(client))).resolves.toBeUndefined();
  });

  it('comes after a namespace that is there; where there is none, it says what to do', async () => {
    await expect(prepareNamespace(client)).resolves.toBeUndefined();
    const elsewhere = createClient({ connection: client.connection, namespace: 'nowhere' });
    await expect(prepareNamespace(elsewhere)).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringMatching(
        /no namespace "nowhere".*Set TEMPORAL_NAMESPACE.*namespace create/,
      ) as string,
    });
  });

  it('names the command for an operator where it may not make them', async () => {
    const blank = await startTemporal();
    const connection = await connectClient(blank.settings);
    const elsewhere = createClient({ connection, namespace: 'default' });
    try {
      await expect(ensureSearchAttributes(restricted(elsewhere))).rejects.toThrow(
        'temporal operator search-attribute create --namespace default ' +
          '--name BatonBusinessKey --type Keyword --name BatonStatus --type Keyword ' +
          '--name BatonWaitingFor --type KeywordList --name BatonStartedAt --type Datetime',
      );
    } finally {
      await connection.close();
      await blank.stop();
    }
  });
});

/** A client whose account may not use the operator service, as in Temporal Cloud. */
function restricted(client: Client): Client {
  const refuse = (): Promise<never> => Promise.reject(permissionDenied());
  const operatorService = { listSearchAttributes: refuse, addSearchAttributes: refuse };
  const connection = new Proxy(client.connection, {
    get: (target, key) =>
      key === 'operatorService' ? operatorService : (Reflect.get(target, key) as unknown),
  });
  return createClient({ connection, namespace: client.options.namespace });
}

function permissionDenied(): Error {
  const code = 7;
  return Object.assign(new Error('Request unauthorized.'), { code, details: 'unauthorized', metadata: {} });
}
