import { expect, test } from 'vitest';

import { readSettings } from '../../../../../examples/shop/services/shared/settings.ts';

const payment = { name: 'payment', apiKeyVariable: 'PAYMENT_API_KEY' };
const inventory = { name: 'inventory' };
const good = { PORT: '4101', DATABASE_URL: 'postgres://me:secret@127.0.0.1:5432/shop' };

test('what the environment leaves out is as safe as can be', () => {
  expect(readSettings(good, payment)).toEqual({
    host: '127.0.0.1',
    port: 4101,
    databaseUrl: good.DATABASE_URL,
    logLevel: 'info',
    apiKey: undefined,
    eventsKey: undefined,
    batonApi: 'http://127.0.0.1:8080',
  });
});

test('an empty variable is as good as none', () => {
  const settings = readSettings({ ...good, HOST: '', LOG_LEVEL: '', PAYMENT_API_KEY: '' }, payment);
  expect(settings).toMatchObject({ host: '127.0.0.1', logLevel: 'info', apiKey: undefined });
});

test('a key is read only where the service asks for one', () => {
  const env = { ...good, PAYMENT_API_KEY: 'k' };
  expect(readSettings(env, payment).apiKey).toBe('k');
  expect(readSettings(env, inventory).apiKey).toBeUndefined();
});

test("the key that deliveries are signed with is each service's own", () => {
  const env = { ...good, INVENTORY_EVENTS_KEY: 'i' };
  expect([inventory, payment].map((service) => readSettings(env, service).eventsKey)).toEqual([
    'i',
    undefined,
  ]);
});

test.each([
  [{ ...good, PORT: 'http' }, /^PORT /],
  [{ ...good, PORT: '70000' }, /^PORT /],
  [{ ...good, DATABASE_URL: 'mysql://x' }, /^DATABASE_URL /],
  [{ ...good, BATON_API: 'localhost' }, /^BATON_API /],
  [{ ...good, LOG_LEVEL: 'loud' }, /^LOG_LEVEL /],
  [{}, /^PORT .*; DATABASE_URL /],
])('the environment %j is refused', (env, message) => {
  expect(() => readSettings(env, inventory)).toThrow(message);
});

test('the database URL is never repeated: it holds a password', () => {
  expect(() => readSettings({ ...good, DATABASE_URL: 'mysql://me:secret@x' }, inventory)).not.toThrow(
    /secret/,
  );
});
