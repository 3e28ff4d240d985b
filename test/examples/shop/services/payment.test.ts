import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { payment } from '../../../../examples/shop/services/payment/payment.ts';
import { type Asked, openShopLab, type Reply, type ShopLab, type TestedService } from './shop-lab.ts';

let lab: ShopLab;
let service: TestedService;
let order = 0;
let orderId: string;

beforeAll(async () => {
  lab = await openShopLab();
  service = await lab.start(payment);
});
afterAll(() => lab.close());
beforeEach(() => {
  order += 1;
  orderId = `P-${order}`;
});

type Step = 'authorise' | 'void' | 'capture' | 'refund';

const ask = (step: Step, more: Readonly<Record<string, unknown>> = {}): Promise<Reply> => {
  const authorisation = `/authorisations/${orderId}`;
  const requests: Record<Step, [line: string, asked: Asked]> = {
    authorise: [
      `PUT ${authorisation}`,
      { body: { orderId, amount: 4300, currency: 'EUR', card: 'tok_visa', ...more } },
    ],
    void: [`DELETE ${authorisation}`, {}],
    capture: [`POST ${authorisation}/capture`, { body: {} }],
    refund: [`POST ${authorisation}/refund`, { body: {} }],
  };
  return service.ask(...requests[step]);
};

/** What is asked, in order, each with the status or the code that it is answered with; and what happened in the end. */
const cases: readonly (readonly [
  title: string,
  asked: readonly (readonly [Step, string])[],
  counts: object,
])[] = [
  [
    'holds and takes money',
    [
      ['authorise', 'authorised'],
      ['capture', 'captured'],
    ],
    { authorised: 1, captured: 1 },
  ],
  [
    'holds money and lets it go',
    [
      ['authorise', 'authorised'],
      ['void', 'voided'],
    ],
    { authorised: 1, voided: 1 },
  ],
  [
    'gives taken money back, after which nothing is held',
    [
      ['authorise', 'authorised'],
      ['capture', 'captured'],
      ['refund', 'refunded'],
      ['void', 'voided'],
    ],
    { authorised: 1, captured: 1, refunded: 1 },
  ],
  [
    'refuses to void what was captured',
    [
      ['authorise', 'authorised'],
      ['capture', 'captured'],
      ['void', 'already-captured'],
    ],
    { authorised: 1, captured: 1 },
  ],
  [
    'voids once',
    [
      ['authorise', 'authorised'],
      ['void', 'voided'],
      ['void', 'voided'],
    ],
    { authorised: 1, voided: 1 },
  ],
  [
    'refunds once',
    [
      ['authorise', 'authorised'],
      ['capture', 'captured'],
      ['refund', 'refunded'],
      ['refund', 'refunded'],
    ],
    { authorised: 1, captured: 1, refunded: 1 },
  ],
  [
    'voids what never was, and refuses it when it comes',
    [
      ['void', 'voided'],
      ['authorise', 'already-voided'],
    ],
    {},
  ],
  [
    'refunds before the capture, refuses the late one, and still lets the money go',
    [
      ['authorise', 'authorised'],
      ['refund', 'refunded'],
      ['capture', 'already-refunded'],
      ['void', 'voided'],
    ],
    { authorised: 1, voided: 1 },
  ],
  [
    'refunds before all else, and bars the capture only',
    [
      ['refund', 'refunded'],
      ['authorise', 'authorised'],
      ['capture', 'already-refunded'],
    ],
    { authorised: 1 },
  ],
  [
    'undoes everything before anything',
    [
      ['refund', 'refunded'],
      ['void', 'voided'],
      ['authorise', 'already-voided'],
      ['capture', 'already-refunded'],
    ],
    {},
  ],
  ['captures nothing that was not authorised', [['capture', 'unknown-authorisation']], {}],
  [
    'captures nothing that was voided',
    [
      ['authorise', 'authorised'],
      ['void', 'voided'],
      ['capture', 'already-voided'],
    ],
    { authorised: 1, voided: 1 },
  ],
  [
    'authorises once',
    [
      ['authorise', 'authorised'],
      ['authorise', 'already-authorised'],
    ],
    { authorised: 1 },
  ],
  [
    'captures once',
    [
      ['authorise', 'authorised'],
      ['capture', 'captured'],
      ['capture', 'already-captured'],
    ],
    { authorised: 1, captured: 1 },
  ],
];

describe('the payment', () => {
  test.each(cases)('%s', async (_title, asked, counts) => {
    const answers: [Step, unknown][] = [];
    for (const [step] of asked) {
      const { status, body } = await ask(step);
      answers.push([step, status < 300 ? body['status'] : body['code']]);
    }
    expect(answers).toEqual(asked);
    expect(await service.counts(orderId)).toEqual(counts);
  });

  test('tells that the bank declined the card, and takes another one', async () => {
    expect(await ask('authorise', { card: 'card-declined' })).toMatchObject({
      status: 402,
      body: { code: 'card-declined' },
    });
    expect(await ask('authorise')).toMatchObject({ status: 201 });
  });

  test('holds one amount and captures it once when all come at once', async () => {
    await Promise.all([ask('authorise'), ask('authorise'), ask('authorise')]);
    await Promise.all([ask('capture'), ask('capture'), ask('capture')]);
    expect(await service.counts(orderId)).toEqual({ authorised: 1, captured: 1 });
  });
});

describe('the key of the payment', () => {
  let guarded: TestedService;
  beforeAll(async () => {
    guarded = await lab.start(payment, { apiKey: 'the-key' });
  });

  const line = 'DELETE /authorisations/G-1';

  test.each([
    ['is missing', {}],
    ['is another one', { Authorization: 'Bearer the-kay' }],
    ['is no bearer token', { Authorization: 'the-key' }],
  ])('refuses a caller whose key %s', async (_title, headers) => {
    const { status, body, headers: given } = await guarded.ask(line, { headers });
    expect([status, body['code'], given.get('WWW-Authenticate')]).toEqual([401, 'unauthorised', 'Bearer']);
  });

  test('lets in a caller who has it', async () => {
    expect(await guarded.ask(line, { headers: { Authorization: 'Bearer the-key' } })).toMatchObject({
      status: 200,
    });
  });

  test.each(['/health', '/openapi.json', '/effects', '/faults'])('is not asked for at %s', async (path) => {
    expect(await guarded.ask(`GET ${path}`)).toMatchObject({ status: 200 });
  });
});
