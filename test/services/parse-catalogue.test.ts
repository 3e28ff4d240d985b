import { describe, expect, test } from 'vitest';

import { BatonError } from '../../src/core/errors.ts';
import { defaultRetryPolicy } from '../../src/core/retry-policy.ts';
import type { Catalogue } from '../../src/services/catalogue.ts';
import { declaredOperations, openapiPaths, parseCatalogue } from '../../src/services/parse-catalogue.ts';
import { paymentOpenapi } from './fixtures/openapi.ts';

const documents = new Map([['payment.yaml', paymentOpenapi]]);

function parse(text: string, env: Record<string, string> = {}): Catalogue {
  return parseCatalogue(text, { env, documents });
}

function faultsOf(text: string, env: Record<string, string> = {}): string[] {
  try {
    parse(text, env);
  } catch (error) {
    if (error instanceof BatonError) return error.faults.map(({ message }) => message);
    throw error;
  }
  throw new Error('the catalogue was taken');
}

/** A right catalogue with some lines of the service and of its operation put in. */
function withLines({ service = '', operation = '{}', url = 'http://127.0.0.1:4102' }): string {
  return [
    'services:',
    '  payment:',
    `    url: ${url}`,
    '    openapi: payment.yaml',
    ...(service === '' ? [] : [`    ${service}`]),
    '    operations:',
    `      authorise: ${operation}`,
  ].join('\n');
}

describe('a catalogue', () => {
  test('is resolved against the OpenAPI documents, with defaults put in', () => {
    expect(parse(withLines({}))).toEqual({
      payment: {
        name: 'payment',
        url: 'http://127.0.0.1:4102',
        openapi: 'payment.yaml',
        auth: null,
        bulkhead: { concurrency: 50, rate: null },
        dev: null,
        operations: {
          authorise: {
            service: 'payment',
            name: 'authorise',
            operationId: 'authorise',
            method: 'PUT',
            path: '/authorisations/{authorisationId}',
            timeout: 10_000,
            retry: defaultRetryPolicy,
            quick: false,
          },
        },
      },
    });
  });

  test('says every field of a service', () => {
    const { payment } = parse(`
services:
  payment:
    url: http://127.0.0.1:4102/v1//
    openapi: payment.yaml
    auth: { header: Authorization, prefix: "Bearer ", secret: PAYMENT_API_KEY }
    bulkhead: { concurrency: 20, rate: 100 }
    dev: { command: [node, main.ts], database: payment }
    operations:
      void: { operationId: voidAuthorisation, timeout: 3 s, quick: true }
`);
    expect(payment).toMatchObject({
      url: 'http://127.0.0.1:4102/v1',
      auth: { header: 'Authorization', prefix: 'Bearer ', secret: 'PAYMENT_API_KEY' },
      bulkhead: { concurrency: 20, rate: 100 },
      dev: { command: ['node', 'main.ts'], database: 'payment' },
      operations: {
        void: { operationId: 'voidAuthorisation', method: 'DELETE', timeout: 3000, quick: true },
      },
    });
  });

  test('takes timeout and retry from the operation, then the service, then the defaults, field by field', () => {
    const { payment } = parse(`
defaults: { timeout: 1 s, retry: { backoff: 3, initialInterval: 1 s } }
services:
  payment:
    url: http://127.0.0.1:4102
    openapi: payment.yaml
    timeout: 2 s
    retry: { initialInterval: 2 s, maximumAttempts: unlimited }
    operations:
      authorise: { timeout: 3 s, retry: { initialInterval: 3 s, maximumRetryAfter: 1 min } }
      ledger: {}
`);
    expect(payment?.operations['ledger']).toMatchObject({
      timeout: 2000,
      retry: { ...defaultRetryPolicy, backoff: 3, initialInterval: 2000, maximumAttempts: null },
    });
    expect(payment?.operations['authorise']).toMatchObject({
      timeout: 3000,
      retry: {
        ...defaultRetryPolicy,
        backoff: 3,
        initialInterval: 3000,
        maximumAttempts: null,
        maximumRetryAfter: 60_000,
      },
    });
  });

  test('takes URLs from the environment', () => {
    const text = withLines({ url: '${PAYMENT_URL:-http://127.0.0.1:4102}' });
    expect(parse(text)['payment']?.url).toBe('http://127.0.0.1:4102');
    expect(parse(text, { PAYMENT_URL: 'https://pay.example' })['payment']?.url).toBe('https://pay.example');
  });

  test('may be JSON', () => {
    const text = JSON.stringify(
      { services: { payment: { url: 'http://a', openapi: 'payment.yaml', operations: { ledger: {} } } } },
      null,
      '\t',
    );
    expect(parse(text)['payment']?.operations['ledger']?.method).toBe('GET');
  });
});

const at = (place: string, rest: string): string => `services.yaml:${place} ${rest}`;

describe('a broken catalogue is refused', () => {
  test.each([
    {
      name: 'text that is no YAML',
      text: 'services: [',
      fault: expect.stringMatching(/^services\.yaml:1:\d+ is not valid YAML: /) as string,
    },
    { name: 'an empty file', text: '', fault: at('1:1', 'must be an object, not null') },
    { name: 'no services', text: 'defaults: {}', fault: at('1:1', '/services is missing') },
    {
      name: 'a duplicate key',
      text: `${withLines({})}\n      authorise: {}`,
      fault: expect.stringMatching(/^services\.yaml:7:7 is not valid YAML: .*unique/i) as string,
    },
    {
      name: 'an unknown field',
      text: withLines({ service: 'retries: {}' }),
      fault: at('5:5', '/services/payment/retries is not a known field; did you mean retry?'),
    },
    {
      name: 'an unknown field deep inside',
      text: withLines({ operation: '{ retry: { backof: 2 } }' }),
      fault: at(
        '6:29',
        '/services/payment/operations/authorise/retry/backof is not a known field; did you mean backoff?',
      ),
    },
    {
      name: 'a duration that is none',
      text: withLines({ service: 'timeout: soon' }),
      fault: at(
        '5:5',
        '/services/payment/timeout must be a duration such as "500 ms", "30 s" or "24 h", not "soon"',
      ),
    },
    {
      name: 'a duration of nothing',
      text: withLines({ service: 'timeout: 0' }),
      fault: at('5:5', '/services/payment/timeout must be longer than nothing'),
    },
    {
      name: 'attempts below one',
      text: withLines({ service: 'retry: { maximumAttempts: 0 }' }),
      fault: at('5:14', '/services/payment/retry/maximumAttempts must be at least 1, not 0'),
    },
    {
      name: 'intervals the wrong way round',
      text: withLines({ service: 'retry: { initialInterval: 1 min }' }),
      fault: at(
        '5:5',
        '/services/payment/retry has an initialInterval (60000 ms) longer than its maximumInterval (30000 ms)',
      ),
    },
    {
      name: 'a quick that is no boolean',
      text: withLines({ operation: '{ quick: yes }' }),
      fault: at('6:20', '/services/payment/operations/authorise/quick must be true or false, not "yes"'),
    },
    {
      name: 'a concurrency that is no whole number',
      text: withLines({ service: 'bulkhead: { concurrency: 1.5 }' }),
      fault: at('5:17', '/services/payment/bulkhead/concurrency must be a whole number, not 1.5'),
    },
    {
      name: 'a rate of nothing',
      text: withLines({ service: 'bulkhead: { rate: 0 }' }),
      fault: at('5:17', '/services/payment/bulkhead/rate must be more than 0, not 0'),
    },
    {
      name: 'a command without a word',
      text: withLines({ service: 'dev: { command: [] }' }),
      fault: at('5:12', '/services/payment/dev/command must not be empty'),
    },
    {
      name: 'a secret written where its name should be',
      text: withLines({ service: 'auth: { header: Authorization, secret: sk-live-1 }' }),
      fault: at(
        '5:36',
        '/services/payment/auth/secret must be the name of an environment variable such as PAYMENT_API_KEY, not the secret itself',
      ),
    },
    {
      name: 'a header that Baton sets',
      text: withLines({ service: 'auth: { header: Traceparent, secret: KEY }' }),
      fault: at(
        '5:13',
        '/services/payment/auth/header must be another header than "Traceparent": Baton sets that one itself',
      ),
    },
    {
      name: 'a URL that is none',
      text: withLines({ url: '127.0.0.1:4102' }),
      fault: at(
        '3:5',
        '/services/payment/url must be a URL such as http://127.0.0.1:4102, not "127.0.0.1:4102"',
      ),
    },
    {
      name: 'a URL that is not HTTP',
      text: withLines({ url: 'ftp://files.example' }),
      fault: at(
        '3:5',
        '/services/payment/url must be a URL such as http://127.0.0.1:4102, not "ftp://files.example"',
      ),
    },
    {
      name: 'a URL with a password',
      text: withLines({ url: 'http://me:secret@pay.example' }),
      fault: at(
        '3:5',
        '/services/payment/url must have no user or password in it; name the secret in "auth"',
      ),
    },
    {
      name: 'a variable that is not set',
      text: withLines({ url: '${PAYMENT_URL}' }),
      fault: at(
        '3:5',
        '/services/payment/url needs the environment variable PAYMENT_URL, which is not set; set it, or write ${PAYMENT_URL:-a default}',
      ),
    },
    {
      name: 'an operation that the document does not have',
      text: withLines({ operation: '{ operationId: authorize }' }),
      fault: at(
        '6:7',
        '/services/payment/operations/authorise is no operationId of payment.yaml: "authorize"; did you mean authorise?',
      ),
    },
    {
      name: 'an operation like none of the document',
      text: withLines({ operation: '{ operationId: sing }' }),
      fault: at(
        '6:7',
        '/services/payment/operations/authorise is no operationId of payment.yaml: "sing"; there are: authorise, ledger, voidAuthorisation',
      ),
    },
    {
      name: 'a document that is missing',
      text: withLines({}).replace('payment.yaml', 'pay.yaml'),
      fault: at('4:5', '/services/payment/openapi is "pay.yaml"; there is no such file in the project'),
    },
    {
      name: 'a service named badly',
      text: withLines({}).replace('payment:', 'Payment Service:'),
      fault: at(
        '2:3',
        '/services/Payment Service must be named with letters, digits and -, a lower-case letter first',
      ),
    },
    {
      name: 'a service without operations',
      text: 'services: { payment: { url: "http://a", openapi: payment.yaml, operations: {} } }',
      fault: at('1:64', '/services/payment/operations must have at least one operation'),
    },
  ])('for $name', ({ text, fault }) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  test('with all of its faults at once, also where a fault hides what else is wrong', () => {
    const faults = faultsOf(`
services:
  payment:
    url: \${NOWHERE}
    openapi: payment.yaml
    timeout: soon
    operations:
      sing: { quik: true }
  shipping:
    openapi: shipping.yaml
    operations: { create: {} }
`);
    expect(faults).toHaveLength(6);
    expect(faults).toEqual(
      expect.arrayContaining([
        expect.stringContaining('services.yaml:6:5 /services/payment/timeout '),
        expect.stringContaining(
          '/services/payment/operations/sing/quik is not a known field; did you mean quick?',
        ),
        expect.stringContaining('services.yaml:9:3 /services/shipping/url is missing'),
        expect.stringContaining('/services/payment/url needs the environment variable NOWHERE'),
        expect.stringContaining('/services/payment/operations/sing is no operationId of payment.yaml'),
        expect.stringContaining('/services/shipping/openapi is "shipping.yaml"; there is no such file'),
      ]),
    );
  });

  test('and so are faults of its documents, under their own names', () => {
    const broken = paymentOpenapi.replace('openapi: 3.1.0', 'openapi: 2.0');
    const parsing = (): Catalogue =>
      parseCatalogue(withLines({}), { env: {}, documents: new Map([['payment.yaml', broken]]) });
    expect(parsing).toThrow(
      expect.objectContaining({
        code: 'invalid-request',
        faults: [
          {
            pointer: '/openapi',
            message: 'payment.yaml:2:1 /openapi must be the version of OpenAPI 3.1, e.g. "3.1.0"; not 2',
          },
        ],
      }),
    );
  });
});

describe('what a catalogue names can be known before it is right', () => {
  test('its documents, each once', () => {
    expect(
      openapiPaths(
        'services: { b: { openapi: b.yaml }, a: { openapi: a.yaml }, c: { openapi: b.yaml }, d: 1 }',
      ),
    ).toEqual(['a.yaml', 'b.yaml']);
    expect(openapiPaths('services: [')).toEqual([]);
  });

  test('its operations', () => {
    expect(declaredOperations('services: { b: { operations: { x: {}, y: 7 } }, a: {} }')).toEqual([
      'b.x',
      'b.y',
    ]);
  });
});
