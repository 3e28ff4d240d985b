import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { BatonError } from '../../../src/core/errors.ts';
import type { ArrivalMessage, ListenInput } from '../../../src/core/run-events.ts';
import { appendEvents } from '../../../src/events/append-events.ts';
import type { Queryable } from '../../../src/events/database.ts';
import type { EventLog } from '../../../src/events/event-log.ts';
import type { RecordedEvent } from '../../../src/events/recorded-event.ts';
import { beginWaiting } from '../../../src/events/waits/begin-waiting.ts';
import { openRunEvents } from '../../../src/events/waits/open-run-events.ts';
import { findWaitsSql, findWaitsValues } from '../../../src/events/waits/wait-store.ts';
import { type TellRun, wakeWaitingRuns } from '../../../src/events/waits/wake-waiting-runs.ts';
import { type LogLab, openLogLab, sampleEvent } from '../lab.ts';

let lab: LogLab;
let log: EventLog;

beforeAll(async () => {
  lab = await openLogLab();
  log = await lab.open();
});
afterAll(() => lab.close());

let start: number;
let told: (ArrivalMessage & { readonly workflowId: string })[];

beforeEach(async () => {
  await log.head();
  await log.database.query({ text: 'DELETE FROM baton.waits' });
  start = await log.head();
  told = [];
});

const tell: TellRun = (workflowId, message) => {
  told.push({ workflowId, ...message });
  return Promise.resolve('told');
};

const listening = (more: Partial<ListenInput> = {}): ListenInput => ({
  step: 'payment',
  patterns: [{ type: 'paid', subject: 'A-17' }],
  needsAll: false,
  since: { position: start },
  taken: [],
  ...more,
});

const paid = (id: string, subject = 'A-17') => sampleEvent({ type: 'paid', subject, id: `${start} ${id}` });

async function append(
  ...events: readonly ReturnType<typeof sampleEvent>[]
): Promise<readonly RecordedEvent[]> {
  const after = await log.head();
  await log.append(events);
  return (await log.read({ after, limit: 1_000 })).events;
}

async function waits(): Promise<readonly string[]> {
  const { rows } = await log.database.query<{ name: string }>({
    text: "SELECT workflow_id || ' ' || step || '/' || part AS name FROM baton.waits ORDER BY 1",
  });
  return rows.map(({ name }) => name);
}

const ids = (found: readonly { event: { id: string } }[]): string[] =>
  found.map(({ event }) => event.id.replace(`${start} `, ''));

describe('a run that begins to wait', () => {
  it('finds what the log has since the run began, and leaves no wait', async () => {
    await append(paid('other', 'B'), paid('one'), paid('two'));
    const { found, awaited } = await beginWaiting(log, 'run-1', listening());
    expect(ids(found)).toEqual(['one']);
    expect(awaited).toEqual([]);
    expect(await waits()).toEqual([]);
  });

  it('finds nothing from before, and nothing that it was given before', async () => {
    await append(paid('one'));
    const [two] = await append(paid('two'));
    const taken = [two?.position ?? 0];
    const { found, awaited } = await beginWaiting(
      log,
      'run-1',
      listening({ since: { position: start + 1 }, taken }),
    );
    expect(found).toEqual([]);
    expect(awaited).toEqual([{ part: 0, type: 'paid', subject: 'A-17' }]);
    expect(await waits()).toEqual(['run-1 payment/0']);
  });

  it('looks behind the time of its start where it knows no position', async () => {
    await append(paid('one'));
    const [two] = await append(paid('two'));
    const { found } = await beginWaiting(log, 'run-1', listening({ since: { time: two?.recordedAt ?? '' } }));
    expect(ids(found)).toEqual(['two']);
  });

  it('finds an event by its data among very many', async () => {
    const many = Array.from({ length: 260 }, (_, n) => ({ ...paid(String(n)), data: { n, text: '\u0000' } }));
    await append(...many);
    const patterns = [{ type: 'paid', subject: 'A-17', data: { n: 240, text: '\u0000' } }];
    expect(ids((await beginWaiting(log, 'run-1', listening({ patterns }))).found)).toEqual(['240']);
    const none = [{ type: 'paid', subject: 'A-17', data: { n: 999, text: '\u0000' } }];
    expect((await beginWaiting(log, 'run-1', listening({ patterns: none }))).found).toEqual([]);
  });

  it('takes the earliest event where any will do, and one for each where all are needed', async () => {
    await append(sampleEvent({ type: 'packed', id: `${start} k` }), paid('p'));
    const patterns = [{ type: 'paid' }, { type: 'packed' }, { type: 'lost' }];
    const any = await beginWaiting(log, 'run-1', listening({ patterns }));
    expect(ids(any.found)).toEqual(['k']);
    expect(await waits()).toEqual([]);
    const all = await beginWaiting(log, 'run-1', listening({ patterns, needsAll: true }));
    expect(ids(all.found)).toEqual(['p', 'k']);
    expect(all.awaited).toEqual([{ part: 2, type: 'lost' }]);
    expect(await waits()).toEqual(['run-1 payment/2']);
  });

  it('waits once, however often that is begun', async () => {
    await beginWaiting(log, 'run-1', listening());
    await beginWaiting(log, 'run-1', listening());
    expect(await waits()).toEqual(['run-1 payment/0']);
    await openRunEvents(log).unlisten('run-1', 'payment');
    expect(await waits()).toEqual([]);
  });

  it('sees an event that commits between its wait and its look back', async () => {
    const racing: Pick<EventLog, 'database' | 'positionBefore'> = {
      ...log,
      database: {
        ...log.database,
        query: async (statement) => {
          const result = await log.database.query<never>(statement);
          if (statement.name === 'register-waits') await log.append([paid('between')]);
          return result;
        },
      },
    };
    expect(ids((await beginWaiting(racing, 'run-1', listening())).found)).toEqual(['between']);
  });

  it('is woken by an event that was on its way during its look back, and commits after it', async () => {
    await log.database.transact(async (transaction: Queryable) => {
      await appendEvents(transaction, [paid('late')]);
      const { found } = await beginWaiting(log, 'run-1', listening());
      expect(found).toEqual([]);
    });
    const { events } = await log.read({ after: start, limit: 10 });
    await wakeWaitingRuns(events, { database: log.database, tell });
    expect(ids(told)).toEqual(['late']);
  });
});

describe('the runs that wait', () => {
  it('are told of their events, and wait no longer', async () => {
    await beginWaiting(log, 'run-1', listening());
    await beginWaiting(log, 'run-2', listening({ patterns: [{ type: 'paid', subject: 'B' }] }));
    await beginWaiting(log, 'run-3', listening({ patterns: [{ type: 'paid' }] }));
    await wakeWaitingRuns(await append(paid('one')), { database: log.database, tell });
    expect(told.map(({ workflowId, step, part }) => `${workflowId} ${step}/${part}`).toSorted()).toEqual([
      'run-1 payment/0',
      'run-3 payment/0',
    ]);
    expect(await waits()).toEqual(['run-2 payment/0']);
  });

  it('keep waiting for the rest where all are needed', async () => {
    const patterns = [{ type: 'paid' }, { type: 'packed' }];
    await beginWaiting(log, 'all', listening({ patterns, needsAll: true }));
    await beginWaiting(log, 'any', listening({ patterns }));
    await wakeWaitingRuns(await append(paid('one')), { database: log.database, tell });
    expect(await waits()).toEqual(['all payment/1']);
  });

  it('are told again after a failure, those that were told before not, and lose nothing', async () => {
    for (const run of ['run-1', 'run-2']) await beginWaiting(log, run, listening());
    const events = await append(paid('one'));
    const away: TellRun = (workflowId, message) =>
      workflowId === 'run-2'
        ? Promise.reject(new BatonError('temporal-unavailable', 'away'))
        : tell(workflowId, message);
    await expect(wakeWaitingRuns(events, { database: log.database, tell: away })).rejects.toMatchObject({
      code: 'temporal-unavailable',
    });
    expect(await waits()).toEqual(['run-2 payment/0']);
    await wakeWaitingRuns(events, { database: log.database, tell });
    expect(told.map(({ workflowId }) => workflowId)).toEqual(['run-1', 'run-2']);
    expect(await waits()).toEqual([]);
  });

  it('begins no further one after a failure', async () => {
    for (let run = 0; run < 200; run += 1) await beginWaiting(log, `run-${run}`, listening());
    let asked = 0;
    const away: TellRun = () => {
      asked += 1;
      return Promise.reject(new BatonError('temporal-unavailable', 'away'));
    };
    const waking = wakeWaitingRuns(await append(paid('one')), { database: log.database, tell: away });
    await expect(waking).rejects.toThrow('away');
    expect(asked).toBeLessThanOrEqual(50);
  });

  it('are forgotten, with all that they wait for, when they are gone', async () => {
    await beginWaiting(log, 'run-1', listening());
    await beginWaiting(log, 'run-1', listening({ step: 'other', patterns: [{ type: 'lost' }] }));
    await wakeWaitingRuns(await append(paid('one')), {
      database: log.database,
      tell: () => Promise.resolve('gone'),
    });
    expect(await waits()).toEqual([]);
  });

  it('do not lose a later wait of the same step to an earlier one that ends', async () => {
    await beginWaiting(log, 'run-1', listening());
    const events = await append(paid('one'));
    const listenAgain: TellRun = async (workflowId, message) => {
      // The run goes on at once, and waits for the next event.
      await beginWaiting(log, 'run-1', listening({ taken: [message.position] }));
      return tell(workflowId, message);
    };
    await wakeWaitingRuns(events, { database: log.database, tell: listenAgain });
    expect(await waits()).toEqual(['run-1 payment/0']);
    // The same batch again, as after a crash: nothing in it is new to the run.
    await wakeWaitingRuns(events, { database: log.database, tell });
    expect(told).toHaveLength(1);
    expect(await waits()).toEqual(['run-1 payment/0']);
  });

  it('are looked up by an index, and once for a whole batch, though 10,000 wait', async () => {
    await log.database.query({
      text: `
        INSERT INTO baton.waits (workflow_id, step, part, registration, needs_all, type, subject, pattern, after, taken)
        SELECT 'run-' || n, 'payment', 0, gen_random_uuid(), false, 'type-' || n % 10,
          CASE WHEN n % 100 = 0 THEN NULL ELSE 'subject-' || n END,
          json_build_object('type', 'type-' || n % 10), 0, '{}'
        FROM generate_series(1, 10000) AS n`,
    });
    await log.database.query({ text: 'ANALYZE baton.waits' });
    const events = Array.from({ length: 100 }, (_, n) => ({
      position: n + 1,
      recordedAt: '',
      event: sampleEvent({ type: `type-${n % 10}`, subject: `subject-${n * 100 + 3}` }),
    }));
    const { rows } = await log.database.query<{ 'QUERY PLAN': string }>({
      text: `EXPLAIN ${findWaitsSql}`,
      values: findWaitsValues(events),
    });
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan.match(/Index Scan (?:using|on) waits_by_event/g)).toHaveLength(2);
    expect(plan).not.toContain('Seq Scan');

    const statements: (string | undefined)[] = [];
    const counting: Queryable = {
      query: async (statement) => {
        statements.push(statement.name);
        return log.database.query<never>(statement);
      },
    };
    await wakeWaitingRuns(events, { database: counting, tell });
    expect(statements).toEqual(['find-waits', 'end-waits']);
    expect(told.length).toBeGreaterThan(10);
  });
});
