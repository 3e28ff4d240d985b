import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type Activities, createActivities } from '../../src/activities/index.ts';
import { defaultRetryPolicy } from '../../src/core/retry-policy.ts';
import type { CallInput } from '../../src/services/call-request.ts';
import type { Catalogue } from '../../src/services/catalogue.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const input: CallInput = {
  path: { id: 'a 1' },
  body: { amount: 5 },
  idempotencyKey: 'run-1/authorise%20payment',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
};

let server: Server;
let answer: Answer;
let activities: Activities;

function catalogue(url: string): Catalogue {
  const operation = {
    service: 'payment',
    name: 'authorise',
    operationId: 'authorise',
    method: 'PUT',
    path: '/authorisations/{id}',
    timeout: 300,
    retry: { ...defaultRetryPolicy, initialInterval: 1_000 },
    quick: false,
  } as const;
  return {
    payment: {
      name: 'payment',
      url,
      openapi: 'payment.yaml',
      auth: { header: 'Authorization', prefix: 'Bearer ', secret: 'KEY' },
      bulkhead: { concurrency: 2, rate: null },
      operations: { authorise: operation },
      dev: null,
    },
  };
}

async function perform(environment = new MockActivityEnvironment({ attempt: 3 })): Promise<unknown> {
  const authorise = activities.calls['payment.authorise'];
  if (authorise === undefined) throw new Error('the activity is missing');
  return environment.run(authorise, input);
}

const failureOf = (promise: Promise<unknown>): Promise<ApplicationFailure> =>
  promise.then(
    () => Promise.reject(new Error('the call succeeded')),
    (error: unknown) => error as ApplicationFailure,
  );

beforeAll(async () => {
  server = createServer((request, response) => {
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  const { port } = server.address() as AddressInfo;
  activities = createActivities(catalogue(`http://127.0.0.1:${port}`), {
    secret: () => 's3cret',
    random: () => 0,
    ...{ events: null, dataFaults: () => [] },
  });
});

afterEach(() => activities.close());

describe('the activity service.operation', () => {
  it('sends the key, the trace, the secret and the body, and gives back the answer', async () => {
    const seen: Record<string, unknown> = {};
    answer = (request, response) => {
      Object.assign(seen, { method: request.method, url: request.url, ...request.headers });
      request.pipe(response.writeHead(201, { 'content-type': 'application/json' }));
    };
    await expect(perform()).resolves.toEqual({ amount: 5 });
    expect(seen).toMatchObject({
      method: 'PUT',
      url: '/authorisations/a%201',
      authorization: 'Bearer s3cret',
      'idempotency-key': 'run-1/authorise%20payment',
      'content-type': 'application/json',
    });
    expect(seen['traceparent']).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
    expect(seen['traceparent']).not.toBe(input.traceparent);
  });

  it('asks for the next attempt with backoff when the service fails', async () => {
    answer = (_, response) => response.writeHead(503).end();
    const failure = await failureOf(perform());
    expect(failure).toMatchObject({ type: 'call-failed', nonRetryable: false, nextRetryDelay: 2_000 });
    expect(failure.details).toEqual([{ status: 503, body: null }]);
  });

  it('asks for the next attempt when the service wants it', async () => {
    answer = (_, response) => response.writeHead(429, { 'retry-after': '7' }).end();
    await expect(perform()).rejects.toMatchObject({ type: 'call-failed', nextRetryDelay: 7_000 });
  });

  it('asks for no further attempt when the service refuses', async () => {
    answer = (_, response) =>
      response.writeHead(402, { 'content-type': 'application/json' }).end('{"code":"declined"}');
    const failure = await failureOf(perform());
    expect(failure).toMatchObject({ type: 'call-refused', nonRetryable: true });
    expect(failure.details).toEqual([{ status: 402, body: { code: 'declined' } }]);
  });

  it('counts a connection that breaks as worth another attempt', async () => {
    answer = (request) => request.socket.destroy();
    await expect(perform()).rejects.toMatchObject({ type: 'call-failed', nonRetryable: false });
  });

  it('counts a service that does not answer in time as worth another attempt', async () => {
    answer = () => undefined;
    await expect(perform()).rejects.toMatchObject({ type: 'call-timed-out', nonRetryable: false });
  });

  it('reads no more of an answer than a history can hold', async () => {
    answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(1_000_001)}"`);
    await expect(perform()).rejects.toMatchObject({ type: 'response-too-large', nonRetryable: true });
  });

  it.each([
    { status: 503, outcome: { type: 'call-failed', nonRetryable: false } },
    { status: 404, outcome: { type: 'call-refused', nonRetryable: true } },
  ])('judges an answer with status $status by it, however long its body', async ({ status, outcome }) => {
    answer = (_, response) => response.writeHead(status).end('x'.repeat(3_000_000));
    await expect(perform()).rejects.toMatchObject(outcome);
  });

  it('aborts the request on the wire when the run is cancelled', async () => {
    const environment = new MockActivityEnvironment({ attempt: 1 });
    const isAborted = new Promise<void>((resolve) => {
      answer = (request) => {
        request.socket.once('close', () => {
          resolve();
        });
        environment.cancel('CANCELLED');
      };
    });
    await expect(perform(environment)).rejects.toBeInstanceOf(CancelledFailure);
    await isAborted;
  });

  it('hands the call to another worker when its own stops', async () => {
    const environment = new MockActivityEnvironment({ attempt: 1 });
    answer = () => {
      environment.cancel('WORKER_SHUTDOWN');
    };
    await expect(perform(environment)).rejects.toMatchObject({
      type: 'call-failed',
      nonRetryable: false,
      nextRetryDelay: 1,
    });
  });
});

describe('the activities of a catalogue', () => {
  it('are refused when a secret is missing, by its name', () => {
    expect(() =>
      createActivities(catalogue('http://127.0.0.1:1'), {
        secret: () => undefined,
        ...{ events: null, dataFaults: () => [] },
      }),
    ).toThrow(/KEY .*"payment"/);
  });
});
