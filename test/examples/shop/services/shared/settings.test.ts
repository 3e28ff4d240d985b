import { expect, test } from 'vitest';

import { readSettings } from '../../../../../examples/shop/services/shared/settings.ts';

const good = { PORT: '4101', DATABASE_URL: 'postgres://me:secret@127.0.0.1:5432/shop' };

test('what the environment leaves out is as safe as can be', () => {
  expect(readSettings(good, 'PAYMENT_API_KEY')).toEqual({
    host: '127.0.0.1',
    port: 4101,
    databaseUrl: good.DATABASE_URL,
    logLevel: 'info',
    apiKey: undefined,
  });
});

test('an empty variable is as good as none', () => {
  const settings = readSettings({ ...good, HOST: '', LOG_LEVEL: '', PAYMENT_API_KEY: '' }, 'PAYMENT_API_KEY');
  expect(settings).toMatchObject({ host: '127.0.0.1', logLevel: 'info', apiKey: undefined });
});

test('a key is read only where the service asks for one', () => {
  const env = { ...good, PAYMENT_API_KEY: 'k' };
  expect(readSettings(env, 'PAYMENT_API_KEY').apiKey).toBe('k');
  expect(readSettings(env, undefined).apiKey).toBeUndefined();
});

test.each([
  [{ ...good, PORT: 'http' }, /^PORT /],
  [{ ...good, PORT: '70000' }, /^PORT /],
  [{ ...good, DATABASE_URL: 'mysql://x' }, /^DATABASE_URL /],
  [{ ...good, LOG_LEVEL: 'loud' }, /^LOG_LEVEL /],
  [{}, /^PORT .*; DATABASE_URL /],
])('the environment %j is refused', (env, message) => {
  expect(() => readSettings(env, undefined)).toThrow(message);
});

test('the database URL is never repeated: it holds a password', () => {
  expect(() => readSettings({ ...good, DATABASE_URL: 'mysql://me:secret@x' }, undefined)).not.toThrow(
    /secret/,
  );
});
