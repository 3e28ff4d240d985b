import { describe, expect, test } from 'vitest';

import { readOpenapiDocument } from '../../src/services/openapi-document.ts';
import { paymentOpenapi } from './fixtures/openapi.ts';

const head = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\n';

describe('an OpenAPI document', () => {
  test('gives its operations by their ids', () => {
    const { endpoints, faults } = readOpenapiDocument('payment.yaml', paymentOpenapi);
    expect(faults).toEqual([]);
    expect(Object.fromEntries(endpoints)).toEqual({
      authorise: { method: 'PUT', path: '/authorisations/{authorisationId}' },
      voidAuthorisation: { method: 'DELETE', path: '/authorisations/{authorisationId}' },
      ledger: { method: 'GET', path: '/ledger' },
    });
  });

  test('may have operations without an id', () => {
    const { endpoints, faults } = readOpenapiDocument('a.yaml', `${head}paths: { /a: { get: {} } }`);
    expect([...endpoints]).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('may have parameters in another file', () => {
    const text = `${head}paths: { '/a/{id}': { get: { operationId: a, parameters: [{ $ref: 'b.yaml#/id' }] } } }`;
    expect(readOpenapiDocument('a.yaml', text).faults).toEqual([]);
  });

  test.each([
    { name: 'no YAML', text: '{', fault: /^a\.yaml:1:\d+ is not valid YAML/ },
    {
      name: 'another version',
      text: 'openapi: 3.0.3\npaths: {}',
      fault: /^a\.yaml:1:1 \/openapi must be the version of OpenAPI 3\.1, .* not "3\.0\.3"$/,
    },
    { name: 'something else altogether', text: 'paths: {}', fault: /\/openapi must be .*; it has none$/ },
    { name: 'no paths', text: head, fault: /\/paths must be an object of paths$/ },
    {
      name: 'a path in another file',
      text: `${head}paths: { /a: { $ref: b.yaml } }`,
      fault: /\/paths\/~1a must be in this file, not in another$/,
    },
    {
      name: 'an id twice',
      text: `${head}paths: { /a: { get: { operationId: a }, put: { operationId: a } } }`,
      fault: /^a\.yaml:3:48 \/paths\/~1a\/put\/operationId "a" is used twice$/,
    },
    {
      name: 'a path parameter that is not declared',
      text: `${head}paths: { '/a/{id}': { get: { operationId: a } } }`,
      fault: /\/paths\/~1a~1\{id\}\/get does not declare the path's parameter \{id\}$/,
    },
  ])('is refused for $name', ({ text, fault }) => {
    const { faults } = readOpenapiDocument('a.yaml', text);
    expect(faults.map(({ message }) => message)).toEqual([expect.stringMatching(fault)]);
  });
});
