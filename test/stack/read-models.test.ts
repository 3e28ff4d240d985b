import { tmpdir } from 'node:os';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import type { EventLog } from '../../src/events/event-log.ts';
import { readRow } from '../../src/events/read-models/read-rows.ts';
import { type LogLab, openLogLab, sampleEvent } from '../events/lab.ts';
import { writeProject } from '../project/fixtures/project-folder.ts';
import { batonMain, type Part, startPart } from '../support/part.ts';
import { persist } from '../support/persist.ts';

const file = 'read-models/late-orders.ts';

function model(version: number, member: string): string {
  return `
    import { defineReadModel } from 'baton/read-models';
    export const lateOrders = defineReadModel<Record<string, number>>({
      title: 'Late orders', version: ${version}, key: (event) => event.subject ?? null,
      on: { 'order.late': (row) => ({ ${member}: (row?.['${member}'] ?? 0) + 1 }) },
    });`;
}

let lab: LogLab;
let log: EventLog;
let project: string;
const parts: Part[] = [];

beforeAll(async () => {
  lab = await openLogLab();
  log = await lab.open();
  project = await writeProject({ [file]: model(1, 'times') });
});

afterAll(async () => {
  await Promise.all(parts.map((part) => part.kill()));
  await lab.close();
});

/** A real process, with no Temporal anywhere near. */
async function startDeliverer(): Promise<Part> {
  const part = await startPart([batonMain, 'deliver', '--project', project], {
    cwd: tmpdir(),
    env: {
      ...{ DATABASE_URL: log.database.url, TEMPORAL_ADDRESS: '127.0.0.1:1', BATON_LOG_LEVEL: 'info' },
      BATON_HOME: join(project, '.baton'),
    },
    ready: 'the deliverer is up',
  });
  parts.push(part);
  return part;
}

/** Waits until the model holds this for the order. */
async function holds(row: object): Promise<void> {
  const { signal } = new AbortController();
  await persist(async () => {
    const { rows } = await readRow(log.database, { readModel: 'late-orders', key: 'o-1', signal });
    expect(rows[0]?.row).toEqual(row);
  });
}

async function late(): Promise<void> {
  await log.append([sampleEvent({ type: 'order.late', subject: 'o-1' })]);
}

it('a project’s read model is filled by baton deliver, by another one after a kill, and anew in its next version', async () => {
  await late();
  const first = await startDeliverer();
  await holds({ times: 1 });
  await first.kill();
  await late();
  const second = await startDeliverer();
  await holds({ times: 2 });
  expect(await second.stop()).toBe(0);
  await writeFile(join(project, file), model(2, 'delays'));
  await startDeliverer();
  await holds({ delays: 2 });
  await late();
  await holds({ delays: 3 });
});

it('baton deliver does not start with a read model that is wrong, and says what is', async () => {
  await writeFile(join(project, file), model(0, 'delays'));
  await expect(startDeliverer()).rejects.toThrow(/late-orders: version must be a whole number from 1/);
});
