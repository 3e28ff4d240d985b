import { describe, expect, it } from 'vitest';

import { readConfig } from '../src/config.ts';
import { BatonError, type Fault } from '../src/core/errors.ts';

describe('the configuration', () => {
  it('has a default for everything, and none for what it cannot know', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 8080,
      taskQueue: 'baton',
      logLevel: 'info',
      bodyLimit: 1_048_576,
      shutdownGrace: 10_000,
      uiUrl: null,
      metricsAddress: null,
      collectorUrl: null,
      home: '.baton',
      cache: null,
      temporalAddress: null,
      temporalNamespace: 'default',
      databaseUrl: null,
      dev: { temporalPort: 7233, uiPort: 8233, postgresPort: 5433 },
    });
  });

  it.each([
    { given: { BATON_HOST: '0.0.0.0' }, got: { host: '0.0.0.0' } },
    { given: { BATON_PORT: '9090' }, got: { port: 9090 } },
    { given: { BATON_TASK_QUEUE: 'shop' }, got: { taskQueue: 'shop' } },
    { given: { BATON_LOG_LEVEL: 'silent' }, got: { logLevel: 'silent' } },
    { given: { BATON_BODY_LIMIT: '100' }, got: { bodyLimit: 100 } },
    { given: { BATON_SHUTDOWN_GRACE: '500' }, got: { shutdownGrace: 500 } },
    { given: { BATON_UI_URL: 'https://ui.example/temporal' }, got: { uiUrl: 'https://ui.example/temporal' } },
    { given: { BATON_METRICS_ADDRESS: '0.0.0.0:9464' }, got: { metricsAddress: '0.0.0.0:9464' } },
    { given: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' }, got: { collectorUrl: 'http://c:4318' } },
    { given: { BATON_HOME: '/srv/baton' }, got: { home: '/srv/baton' } },
    { given: { TEMPORAL_ADDRESS: 'temporal:7233' }, got: { temporalAddress: 'temporal:7233' } },
    { given: { TEMPORAL_NAMESPACE: 'shop' }, got: { temporalNamespace: 'shop' } },
    { given: { DATABASE_URL: 'postgres://db/it' }, got: { databaseUrl: 'postgres://db/it' } },
    {
      given: { BATON_DEV_TEMPORAL_PORT: '1', BATON_DEV_UI_PORT: '2', BATON_DEV_POSTGRES_PORT: '3' },
      got: { dev: { temporalPort: 1, uiPort: 2, postgresPort: 3 } },
    },
  ])('takes $given', ({ given, got }) => {
    expect(readConfig(given as Record<string, string>)).toEqual({ ...readConfig({}), ...got });
  });

  it('takes the whole range of ports, 0 for any free one', () => {
    const { port, dev } = readConfig({ BATON_PORT: '0', BATON_DEV_UI_PORT: '65535' });
    expect([port, dev.uiPort]).toEqual([0, 65_535]);
  });

  it("keeps programs in Baton's own folder of the user's caches, unless another one is named", () => {
    expect(readConfig({ XDG_CACHE_HOME: '/caches' }).cache).toBe('/caches/baton');
    expect(readConfig({ XDG_CACHE_HOME: '/caches', BATON_CACHE: '/programs' }).cache).toBe('/programs');
  });

  it('takes an empty variable for one that is not set', () => {
    const names = ['BATON_PORT', 'BATON_UI_URL', 'BATON_LOG_LEVEL', 'XDG_CACHE_HOME', 'DATABASE_URL'];
    expect(readConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(readConfig({}));
  });

  it('does not mind what belongs to others', () => {
    expect(readConfig({ PATH: '/bin', PORT: 'x', TEMPORAL_TLS: 'maybe' })).toEqual(readConfig({}));
  });

  it('cannot be changed', () => {
    const config = readConfig({});
    expect([Object.isFrozen(config), Object.isFrozen(config.dev)]).toEqual([true, true]);
  });

  it.each([
    { BATON_PORT: '65536' },
    { BATON_PORT: '-1' },
    { BATON_PORT: '80.5' },
    { BATON_PORT: '8080/tcp' },
    { BATON_DEV_TEMPORAL_PORT: 'any' },
    { BATON_BODY_LIMIT: '0' },
    { BATON_BODY_LIMIT: '1 MB' },
    { BATON_SHUTDOWN_GRACE: '10 s' },
    { BATON_SHUTDOWN_GRACE: 'Infinity' },
    { BATON_LOG_LEVEL: 'verbose' },
    { BATON_LOG_LEVEL: 'INFO' },
    { BATON_METRICS_ADDRESS: '9464' },
    { BATON_METRICS_ADDRESS: 'localhost:9464' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' },
    { BATON_UI_URL: 'the ui' },
    { DATABASE_URL: 'my database' },
    { BATON_PORT: ' ' },
    { BATON_PORT: '0x10' },
    { BATON_PORT: '1e3' },
    { BATON_UI_URL: 'localhost:8233' },
    { DATABASE_URL: 'localhost:5432' },
    { DATABASE_URL: 'mysql://db/it' },
    { BATON_SHUTDOWN_GRACE: '1000000000000' },
  ])('refuses %o', (env) => {
    const [name] = Object.keys(env);
    expect(faultsIn(env).map(({ pointer }) => pointer)).toEqual([`/${name ?? ''}`]);
  });

  it('names the variable, what it may be, and what it is', () => {
    expect(faultsIn({ BATON_PORT: 'eighty', BATON_UI_URL: 'x' })).toEqual([
      {
        pointer: '/BATON_PORT',
        message: 'BATON_PORT must be a port, a number from 0 to 65535, not "eighty"',
      },
      { pointer: '/BATON_UI_URL', message: 'BATON_UI_URL must be a URL such as http://127.0.0.1:8233' },
    ]);
  });

  it('reports everything that is wrong at once, each by the name of its variable', () => {
    const env = { BATON_PORT: 'x', BATON_LOG_LEVEL: 'loud', BATON_HOME: '/right', BATON_UI_URL: 'x' };
    expect(faultsIn(env).map(({ pointer }) => pointer)).toEqual([
      '/BATON_PORT',
      '/BATON_LOG_LEVEL',
      '/BATON_UI_URL',
    ]);
  });
});

function faultsIn(env: Readonly<Record<string, string | undefined>>): readonly Fault[] {
  try {
    readConfig(env);
  } catch (error) {
    if (!(error instanceof BatonError)) throw error;
    expect(error.code).toBe('invalid-request');
    return error.faults;
  }
  return [];
}
