import { describe, expect, it } from 'vitest';

import { buildRequest } from '../../src/activities/http-request.ts';
import { defaultRetryPolicy } from '../../src/core/retry-policy.ts';
import type { CallRequest } from '../../src/services/call-request.ts';
import type { Operation } from '../../src/services/catalogue.ts';

const operation: Operation = {
  service: 'stock',
  name: 'reserve',
  operationId: 'reserve',
  method: 'PUT',
  path: '/shelves/{shelf}/items/{item}',
  timeout: 1_000,
  retry: defaultRetryPolicy,
  quick: false,
};

const build = (request: CallRequest): ReturnType<typeof buildRequest> =>
  buildRequest(operation, request, { baseUrl: 'http://stock/api', headers: { 'idempotency-key': 'k' } });

describe('the request of a call', () => {
  it('fills the path template and escapes what it is given', () => {
    expect(build({ path: { shelf: 'a/b', item: 7 } }).url).toBe('http://stock/api/shelves/a%2Fb/items/7');
  });

  it('leaves out undefined parameters of the query and repeats lists', () => {
    const query = { tag: ['x', 'y z'], page: 2, none: undefined };
    expect(build({ path: { shelf: 1, item: 2 }, query }).url).toMatch(/\?tag=x&tag=y\+z&page=2$/);
  });

  it('sends a body as JSON and no content type without one', () => {
    expect(build({ path: { shelf: 1, item: 2 }, body: { n: 1 } })).toMatchObject({
      method: 'PUT',
      body: '{"n":1}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
    });
    expect(build({ path: { shelf: 1, item: 2 } }).headers).not.toHaveProperty('content-type');
  });

  it.each([
    ['a missing parameter', { path: { shelf: 1 } }, /path\.item is missing/],
    ['an empty parameter', { path: { shelf: '', item: 1 } }, /path\.shelf is missing/],
    ['an inherited name', { path: { item: 1 } }, /path\.shelf is missing/],
    [
      "a header of Baton's own",
      { path: { shelf: 1, item: 2 }, headers: { 'Idempotency-Key': 'x' } },
      /headers\.Idempotency-Key/,
    ],
  ])('is refused for %s, by name', (_, request, message) => {
    expect(() => build(request)).toThrow(message);
  });
});
