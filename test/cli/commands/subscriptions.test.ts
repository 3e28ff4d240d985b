import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { EventLog } from '../../../src/events/event-log.ts';
import { createParcelLab, type ParcelLab } from '../../api/parcel-lab.ts';
import { startApi } from '../../api/sample.ts';
import { type LogLab, openLogLab } from '../../events/lab.ts';
import { batonMain } from '../../support/part.ts';

let logs: LogLab;
let lab: ParcelLab;

beforeAll(async () => {
  [logs, lab] = await Promise.all([openLogLab(), createParcelLab()]);
});
afterAll(async () => {
  await lab.close();
  await logs.close();
});

/** Runs the command against an API with this log. */
async function baton(eventLog: EventLog | null, ...args: readonly string[]) {
  const api = await startApi(lab.deps({ eventLog }));
  try {
    const body = { name: 'loyalty', filter: { types: ['paid'] }, target: { process: { name: 'parcel' } } };
    await api.ask('POST /v1/subscriptions', { body });
    const env = { BATON_API: api.url, NO_COLOR: '', FORCE_COLOR: '' };
    const all = ['--import', 'tsx', batonMain, 'subscriptions', ...args];
    const { exitCode, stdout, stderr } = await execa(process.execPath, all, { env, reject: false });
    return { exitCode, stdout, stderr };
  } finally {
    await api.listening.close();
  }
}

describe('baton subscriptions', () => {
  it('lists them as a table, or as the API answers', async () => {
    const log = await logs.open();
    const table = await baton(log);
    expect(table).toMatchObject({ exitCode: 0, stderr: '' });
    expect(table.stdout).toMatch(/^loyalty {2}● active {2}none +none +paid +starts process parcel$/m);
    const { stdout } = await baton(log, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ subscriptions: [{ name: 'loyalty', status: 'active' }] });
  });

  it('is refused where there is no event log', async () => {
    const { exitCode, stdout, stderr } = await baton(null);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('There is no event log here');
  });
});
