import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';

import { BatonError } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Database, Queryable } from '../database.ts';
import { findReadModel, type GenerationState } from './find-read-model.ts';
import { consumerOf, type GenerationId, tableOf } from './generation.ts';
import { indexText } from './index-text.ts';
import { columnOf, indexedLength } from './model-table.ts';

export interface ReadModelRow {
  readonly key: string;
  readonly row: JsonObject;
  /** Position of the last event that changed the row. */
  readonly lastChange: number;
}

/** Rows of one moment. */
export interface ReadModelRows {
  readonly rows: readonly ReadModelRow[];
  /** Every event up to here is in them. */
  readonly position: number;
}

/** What is read of a read model, and how fresh it must be. */
export interface RowQuery {
  readonly readModel: string;
  /** The model must have come to this position of the log; it is waited for. */
  readonly atLeast?: number;
  readonly signal: AbortSignal;
}

/** So long is a position waited for, in milliseconds. */
const patience = 5_000;

/** Between two looks while a position is waited for, in milliseconds. */
const lookEvery = 50;

/** A table may be replaced between the look at what is current and the read; twice in a row is rare. */
const tries = 5;

/** SQLSTATE of a table that is not there. */
const undefinedTable = '42P01';

/**
 * Reads the row of a key.
 *
 * @returns no row where there is none
 * @throws BatonError `read-model-not-found`, `read-model-building`, `read-model-behind`
 */
export async function readRow(
  database: Database,
  query: RowQuery & { readonly key: string },
): Promise<ReadModelRows> {
  return readCurrent(database, query, (id) =>
    select(database, id, { text: 'key = $2', values: [query.key] }),
  );
}

/**
 * Lists rows by key, those whose members have all of the values.
 *
 * @param query filter: by member, values as texts; limit: so many at the most; after: the key to go on behind
 * @throws BatonError `invalid-request` for a member that is not indexed; `read-model-not-found`, `read-model-building`,
 *   `read-model-behind`
 */
export async function listRows(
  database: Database,
  query: RowQuery & {
    readonly filter: Readonly<Record<string, string>>;
    readonly limit: number;
    readonly after?: string;
  },
): Promise<ReadModelRows> {
  const { filter, limit, after = '' } = query;
  return readCurrent(database, query, async (id, { indexes }) => {
    const values: unknown[] = [after];
    const conditions = Object.entries(filter).map(([member, value]) => {
      const column = columnOf(placeOf(indexes, member));
      values.push(indexText(value));
      const parameter = `$${values.length + 1}::text`;
      return ` AND left(${column}, ${indexedLength}) = left(${parameter}, ${indexedLength}) AND ${column} = ${parameter}`;
    });
    const text = `key > $2 COLLATE "C"${conditions.join('')} ORDER BY key LIMIT ${limit}`;
    return select(database, id, { text, values });
  });
}

type Read = (id: GenerationId, generation: GenerationState) => Promise<ReadModelRows | null>;

/** Reads in what is current by then, and again where that was replaced meanwhile. */
async function readCurrent(database: Database, query: RowQuery, read: Read): Promise<ReadModelRows> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const current = await waitFor(database, query);
    const id = { readModel: query.readModel, generation: current.generation };
    const rows = await read(id, current).catch(nullIfDropped);
    if (rows !== null) return rows;
  }
  throw new BatonError(
    'internal',
    `The read model "${query.readModel}" was replaced ${tries} times while it was read, or its table is missing; ` +
      `POST /v1/read-models/${query.readModel}/rebuild makes it anew from the log`,
  );
}

function nullIfDropped(error: unknown): null {
  if (error instanceof pg.DatabaseError && error.code === undefinedTable) return null;
  throw error;
}

/** One statement, so that the rows and the position are of the same moment. */
async function select(
  database: Queryable,
  id: GenerationId,
  condition: { readonly text: string; readonly values: readonly unknown[] },
): Promise<ReadModelRows | null> {
  const { rows } = await database.query<
    { cursor: string } & (
      { key: string; row: string; position: string } | { key: null; row: null; position: null }
    )
  >({
    text: `
      SELECT cursor, found.* FROM baton.consumers
      LEFT JOIN LATERAL (
        SELECT key, row::text AS row, position FROM ${tableOf(id)} WHERE ${condition.text}
      ) AS found ON true
      WHERE consumers.name = $1
      ORDER BY found.key`,
    values: [consumerOf(id), ...condition.values],
  });
  const [first] = rows;
  if (first === undefined) return null;
  return {
    position: Number(first.cursor),
    rows: rows.flatMap(({ key, row, position }) =>
      key === null ? [] : [{ key, row: JSON.parse(row) as JsonObject, lastChange: Number(position) }],
    ),
  };
}

async function waitFor(
  database: Database,
  { readModel, atLeast = 0, signal }: RowQuery,
): Promise<GenerationState> {
  const end = performance.now() + patience;
  for (;;) {
    const { current, next } = await findReadModel(database, readModel);
    if (current === null) throw notBuilt(readModel, next);
    if (current.position >= atLeast) return current;
    // One that has failed comes no further until someone mends it.
    if (current.failure !== null || signal.aborted || performance.now() >= end) {
      throw behind(readModel, current, atLeast);
    }
    await sleep(lookEvery, undefined, { signal }).catch(() => undefined);
  }
}

function placeOf(indexes: readonly string[], member: string): number {
  const place = indexes.indexOf(member);
  if (place >= 0) return place;
  const known = indexes.length === 0 ? 'it has no indexes' : `its indexes are ${indexes.join(', ')}`;
  const fault = {
    pointer: `?${member}`,
    message: `?${member} is nothing that this read model may be asked by; ${known}`,
  };
  throw new BatonError('invalid-request', fault.message, { faults: [fault] });
}

function notBuilt(readModel: string, next: GenerationState | null): BatonError {
  const failure = next?.failure ?? null;
  const reason =
    failure === null
      ? 'it can be read as soon as that is done, which needs a deliverer'
      : `that has failed: ${failure.message}`;
  return new BatonError(
    'read-model-building',
    `The read model "${readModel}" is being built for the first time; ${reason}`,
    { extensions: { position: next?.position ?? 0, lag: next?.lag ?? 0 } },
  );
}

function behind(readModel: string, { position, failure }: GenerationState, atLeast: number): BatonError {
  const reason = failure === null ? '' : `, and stands still: ${failure.message}`;
  return new BatonError(
    'read-model-behind',
    `The read model "${readModel}" has come to position ${position}, not to ${atLeast} yet${reason}`,
    { extensions: { position } satisfies Record<string, Json> },
  );
}
