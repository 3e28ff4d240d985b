import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readTemporalSettings } from '../../src/temporal/settings.ts';

describe('readTemporalSettings', () => {
  let folder: string;
  let nowhere: { TEMPORAL_CONFIG_FILE: string };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'baton-settings-'));
    const file = join(folder, 'default.toml');
    writeFileSync(file, '[profile.default]\n');
    nowhere = { TEMPORAL_CONFIG_FILE: file };
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('takes a server on this machine when nothing is said', () => {
    expect(readTemporalSettings({ ...nowhere })).toEqual({
      address: 'localhost:7233',
      namespace: 'default',
      credentials: {},
    });
  });

  it('reads the address and the namespace, and takes an empty variable for one that is not set', () => {
    const env = { ...nowhere, TEMPORAL_ADDRESS: 'temporal.example:7233', TEMPORAL_NAMESPACE: '' };
    expect(readTemporalSettings(env)).toMatchObject({
      address: 'temporal.example:7233',
      namespace: 'default',
    });
  });

  it('uses TLS with an API key', () => {
    const env = { ...nowhere, TEMPORAL_ADDRESS: 'a.example:7233', TEMPORAL_API_KEY: 'k' };
    expect(readTemporalSettings(env).credentials).toEqual({ apiKey: 'k', tls: true });
  });

  it('reads certificates for TLS', () => {
    const env = { ...nowhere, TEMPORAL_TLS: 'true', TEMPORAL_TLS_SERVER_CA_CERT_DATA: 'ca' };
    expect(readTemporalSettings(env).credentials.tls).toMatchObject({
      serverRootCACertificate: new TextEncoder().encode('ca'),
    });
  });

  it('reads the profile that is named, and lets the environment override it', () => {
    const file = join(folder, 'temporal.toml');
    writeFileSync(file, '[profile.staging]\naddress = "staging.example:7233"\nnamespace = "orders"\n');
    const env = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'staging', TEMPORAL_NAMESPACE: 'claims' };
    expect(readTemporalSettings(env)).toMatchObject({
      address: 'staging.example:7233',
      namespace: 'claims',
    });
  });

  it.each([
    ['a profile that is not in the file', '', 'staging'],
    ['a file that is not TOML', 'address = ', undefined],
  ])('refuses %s', (_case, content, profile) => {
    const file = join(folder, 'broken.toml');
    writeFileSync(file, content);
    const env = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: profile };
    expect(() => readTemporalSettings(env)).toThrow(/^Temporal's configuration .* is not valid: /);
  });
});
