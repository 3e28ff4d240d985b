import { expect, test } from 'vitest';

import { missingSecrets } from '../../src/services/missing-secrets.ts';
import { parseCatalogue } from '../../src/services/parse-catalogue.ts';
import { paymentOpenapi } from './fixtures/openapi.ts';

const service = 'url: "http://a", openapi: p.yaml, operations: { ledger: {} }';
const catalogue = parseCatalogue(
  `services:
    open: { ${service} }
    payment: { ${service}, auth: { header: Authorization, secret: PAYMENT_API_KEY } }`,
  { env: {}, documents: new Map([['p.yaml', paymentOpenapi]]) },
);
const missing = [{ service: 'payment', secret: 'PAYMENT_API_KEY' }];

test.each([
  { env: {}, expected: missing },
  { env: { PAYMENT_API_KEY: '' }, expected: missing },
  { env: { PAYMENT_API_KEY: 'a key' }, expected: [] },
])('with $env there are missing: $expected', ({ env, expected }) => {
  expect(missingSecrets(catalogue, env)).toEqual(expected);
});
