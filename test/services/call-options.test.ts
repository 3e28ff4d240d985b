import { expect, test } from 'vitest';

import { defaultRetryPolicy } from '../../src/core/retry-policy.ts';
import { callOptions } from '../../src/services/call-options.ts';
import { parseCatalogue } from '../../src/services/parse-catalogue.ts';
import { paymentOpenapi } from './fixtures/openapi.ts';

test('what workflows need of a catalogue is plain JSON by service and operation', () => {
  const text = `services:
    payment:
      url: http://127.0.0.1:4102
      openapi: payment.yaml
      operations:
        void: { operationId: voidAuthorisation, quick: true, retry: { maximumAttempts: unlimited } }
        ledger: { timeout: 3 s }`;
  const catalogue = parseCatalogue(text, { env: {}, documents: new Map([['payment.yaml', paymentOpenapi]]) });
  const frozen = callOptions(catalogue);
  expect(frozen).toEqual({
    'payment.void': {
      timeout: 10_000,
      quick: true,
      retry: { ...defaultRetryPolicy, maximumAttempts: null },
    },
    'payment.ledger': { timeout: 3000, quick: false, retry: defaultRetryPolicy },
  });
  expect(JSON.parse(JSON.stringify(frozen))).toEqual(frozen);
});
