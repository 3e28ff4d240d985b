import { randomUUID } from 'node:crypto';

import type { EventPattern } from '../../core/event-pattern.ts';
import type { Queryable } from '../database.ts';
import type { RecordedEvent } from '../recorded-event.ts';

/** One event that a step of a run waits for. */
export interface Wait {
  readonly workflowId: string;
  readonly step: string;
  readonly part: number;
  readonly registration: string;
  readonly needsAll: boolean;
  readonly pattern: EventPattern;
  /** Position in the log; the run wants later events only. */
  readonly after: number;
  /** Positions of events that the run was given before. */
  readonly taken: readonly number[];
}

/** Which waits are over: all of a step, or one part of it. */
export interface EndedWait extends Pick<Wait, 'workflowId' | 'step' | 'registration'> {
  readonly part: number | null;
}

export interface NewWaits extends Pick<Wait, 'workflowId' | 'step' | 'needsAll' | 'after' | 'taken'> {
  readonly patterns: readonly EventPattern[];
}

/**
 * Writes down what a step waits for, in the place of what it waited for before.
 *
 * @returns the registration
 */
export async function registerWaits(database: Queryable, waits: NewWaits): Promise<string> {
  const { workflowId, step, patterns, needsAll, after, taken } = waits;
  const registration = randomUUID();
  await database.query({
    name: 'register-waits',
    text: `
      INSERT INTO baton.waits (workflow_id, step, part, registration, needs_all, type, subject, pattern, after, taken)
      SELECT $1, $2, place::integer - 1, $3, $4, type, subject, pattern::json, $5, $6
      FROM unnest($7::text[], $8::text[], $9::text[]) WITH ORDINALITY AS wait (type, subject, pattern, place)
      ON CONFLICT (workflow_id, step, part) DO UPDATE SET
        registration = excluded.registration, needs_all = excluded.needs_all, type = excluded.type,
        subject = excluded.subject, pattern = excluded.pattern, after = excluded.after, taken = excluded.taken,
        registered_at = excluded.registered_at`,
    values: [
      ...[workflowId, step, registration, needsAll, after, taken],
      patterns.map(({ type }) => type),
      patterns.map(({ subject }) => subject ?? null),
      patterns.map((pattern) => JSON.stringify(pattern)),
    ],
  });
  return registration;
}

interface WaitRow {
  readonly workflow_id: string;
  readonly step: string;
  readonly part: number;
  readonly registration: string;
  readonly needs_all: boolean;
  readonly pattern: EventPattern;
  readonly after: string;
  readonly taken: readonly string[];
}

const waitColumns = 'workflow_id, step, part, registration, needs_all, pattern, after, taken';

/**
 * Both halves use the index on type and subject, however many runs wait. `OFFSET 0` has each pair looked up by itself: the
 * planner would rather read all waits where a batch has many pairs.
 */
export const findWaitsSql = `
  SELECT found.* FROM unnest($1::text[], $2::text[]) AS met (type, subject)
  CROSS JOIN LATERAL (
    SELECT ${waitColumns} FROM baton.waits
    WHERE waits.type = met.type AND waits.subject = met.subject OFFSET 0
  ) AS found
  UNION ALL
  SELECT ${waitColumns} FROM baton.waits WHERE subject IS NULL AND type = ANY($3::text[])`;

/** The waits whose type and subject are those of one of the events, by one look-up for all of them. */
export async function findWaits(
  database: Queryable,
  events: readonly RecordedEvent[],
): Promise<readonly Wait[]> {
  const { rows } = await database.query<WaitRow>({
    name: 'find-waits',
    text: findWaitsSql,
    values: findWaitsValues(events),
  });
  return rows.map((row) => ({
    workflowId: row.workflow_id,
    step: row.step,
    part: row.part,
    registration: row.registration,
    needsAll: row.needs_all,
    pattern: row.pattern,
    after: Number(row.after),
    taken: row.taken.map(Number),
  }));
}

/** Each pair of type and subject once, and each type once. */
export function findWaitsValues(events: readonly RecordedEvent[]): readonly string[][] {
  const pairs = new Map(
    events.flatMap(({ event: { type, subject } }) =>
      subject === undefined ? [] : [[JSON.stringify([type, subject]), { type, subject }] as const],
    ),
  );
  const met = [...pairs.values()];
  const types = new Set(events.map(({ event }) => event.type));
  return [met.map(({ type }) => type), met.map(({ subject }) => subject), [...types]];
}

/** Takes waits away that are over; a later one of the same step stays. */
export async function endWaits(database: Queryable, ended: readonly EndedWait[]): Promise<void> {
  if (ended.length === 0) return;
  await database.query({
    name: 'end-waits',
    text: `
      DELETE FROM baton.waits AS wait
      USING unnest($1::text[], $2::text[], $3::uuid[], $4::integer[]) AS ended (workflow_id, step, registration, part)
      WHERE wait.workflow_id = ended.workflow_id AND wait.step = ended.step
        AND wait.registration = ended.registration AND (ended.part IS NULL OR wait.part = ended.part)`,
    values: [
      ended.map(({ workflowId }) => workflowId),
      ended.map(({ step }) => step),
      ended.map(({ registration }) => registration),
      ended.map(({ part }) => part),
    ],
  });
}

/** Takes away whatever these runs wait for; of one of them, only what one step waits for where that is named. */
export async function dropWaits(
  database: Queryable,
  { workflowIds, step = null }: { readonly workflowIds: readonly string[]; readonly step?: string | null },
): Promise<void> {
  if (workflowIds.length === 0) return;
  await database.query({
    name: 'drop-waits',
    text: 'DELETE FROM baton.waits WHERE workflow_id = ANY($1::text[]) AND ($2::text IS NULL OR step = $2)',
    values: [workflowIds, step],
  });
}
