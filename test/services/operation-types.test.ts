import { describe, expectTypeOf, test } from 'vitest';

import type { OperationTypes } from '../../src/services/operation-types.ts';

interface Nothing {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
  requestBody?: never;
}

interface Answers<Responses> extends Nothing {
  responses: Responses;
}

interface Json<Body> {
  headers: Readonly<Record<string, unknown>>;
  content: { 'application/json': Body };
}

interface Empty {
  headers: Readonly<Record<string, unknown>>;
  content?: never;
}

describe('the response of an operation is', () => {
  test('the JSON body of its success, not of its failures', () => {
    expectTypeOf<
      OperationTypes<Answers<{ 200: Json<{ id: string }>; 404: Json<{ title: string }> }>>['response']
    >().toEqualTypeOf<{ id: string }>();
  });

  test('any of its successes, null for one without a body', () => {
    expectTypeOf<
      OperationTypes<Answers<{ 200: Json<number>; 201: Json<string>; 204: Empty }>>['response']
    >().toEqualTypeOf<number | string | null>();
  });

  test('unknown where no success is described', () => {
    expectTypeOf<OperationTypes<Answers<{ default: Json<number> }>>['response']>().toEqualTypeOf<unknown>();
  });
});

describe('the request of an operation has', () => {
  test('nothing where it takes nothing', () => {
    expectTypeOf<OperationTypes<Answers<object>>['request']>().toEqualTypeOf<{
      readonly path?: never;
      readonly query?: never;
      readonly headers?: never;
      readonly body?: never;
    }>();
  });

  test('the headers that neither Baton nor the auth of the service sets', () => {
    interface WithHeaders extends Omit<Answers<object>, 'parameters'> {
      parameters: {
        header: { 'Idempotency-Key': string; Traceparent?: string; 'X-Api-Key': string; 'X-Tenant': string };
      };
    }
    expectTypeOf<OperationTypes<WithHeaders, 'x-api-key'>['request']['headers']>().toEqualTypeOf<{
      'X-Tenant': string;
    }>();
  });

  test('a body that may be left out where the document says so', () => {
    interface WithBody extends Omit<Answers<object>, 'requestBody'> {
      requestBody?: { content: { 'application/json': { reason: string } } };
    }
    expectTypeOf<OperationTypes<WithBody>['request']>().toEqualTypeOf<{
      readonly path?: never;
      readonly query?: never;
      readonly headers?: never;
      readonly body?: { reason: string };
    }>();
  });
});
