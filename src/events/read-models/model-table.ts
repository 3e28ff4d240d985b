import type { Json } from '../../core/json.ts';
import type { Queryable } from '../database.ts';
import type { Change } from './fold-events.ts';
import { type GenerationId, tableOf } from './generation.ts';
import { indexText } from './index-text.ts';

/** So much of a text goes into an index, in characters: PostgreSQL takes 2,704 bytes there, the key included. */
export const indexedLength = 256;

/** Keys are compared by their bytes, so that pages mean the same wherever the database is. */
const text = 'text COLLATE "C"';

/**
 * Makes the table of a generation. The row is json, not jsonb, which refuses `\u0000`; what may be asked for has a column of its
 * own, for SQL could not get at a member beside such a text.
 */
export async function createTable(
  database: Queryable,
  id: GenerationId,
  indexes: readonly string[],
): Promise<void> {
  const table = tableOf(id);
  const columns = indexes.map((_, place) => `, ${columnOf(place)} ${text}`).join('');
  await database.query({
    text: `CREATE TABLE ${table} (key ${text} PRIMARY KEY, row json NOT NULL, position bigint NOT NULL${columns})`,
  });
  for (const place of indexes.keys()) {
    await database.query({
      text: `CREATE INDEX ON ${table} (left(${columnOf(place)}, ${indexedLength}), key)`,
    });
  }
}

export async function dropTable(database: Queryable, id: GenerationId): Promise<void> {
  await database.query({ text: `DROP TABLE IF EXISTS ${tableOf(id)}` });
}

/** @returns as JSON, by key, those that are there */
export async function loadRows(
  database: Queryable,
  id: GenerationId,
  keys: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await database.query<{ key: string; row: string }>({
    text: `SELECT key, row::text AS row FROM ${tableOf(id)} WHERE key = ANY($1::text[])`,
    values: [[...keys]],
  });
  return new Map(rows.map(({ key, row }) => [key, row]));
}

/** Writes what became of rows, those that are gone included. */
export async function writeChanges(
  database: Queryable,
  { indexes, ...id }: GenerationId & { readonly indexes: readonly string[] },
  changes: ReadonlyMap<string, Change>,
): Promise<void> {
  const gone = [...changes].flatMap(([key, change]) => (change.text === null ? [key] : []));
  const kept = [...changes].flatMap(([key, { text: row, position }]) =>
    row === null ? [] : [{ key, row, position, members: JSON.parse(row) as Record<string, Json> }],
  );
  if (gone.length > 0) {
    await database.query({
      text: `DELETE FROM ${tableOf(id)} WHERE key = ANY($1::text[])`,
      values: [gone],
    });
  }
  if (kept.length === 0) return;
  await database.query({
    text: upsert(id, indexes.length),
    values: [
      kept.map(({ key }) => key),
      kept.map(({ row }) => row),
      kept.map(({ position }) => position),
      ...indexes.map((member) =>
        kept.map(({ members }) => indexText(Object.hasOwn(members, member) ? members[member] : undefined)),
      ),
    ],
  });
}

/** The column that holds the member at this place in the list of indexes. */
export function columnOf(place: number): string {
  return `index_${place + 1}`;
}

function upsert(id: GenerationId, indexes: number): string {
  const extra = Array.from({ length: indexes }, (_, place) => columnOf(place));
  const columns = ['key', 'row', 'position', ...extra];
  const arrays = ['$1::text[]', '$2::text[]', '$3::bigint[]', ...extra.map((_, at) => `$${at + 4}::text[]`)];
  const set = columns.slice(1).map((column) => `${column} = excluded.${column}`);
  return `
    INSERT INTO ${tableOf(id)} (${columns.join(', ')})
    SELECT changed.key, changed.row::json, ${columns
      .slice(2)
      .map((column) => `changed.${column}`)
      .join(', ')}
    FROM unnest(${arrays.join(', ')}) AS changed (${columns.join(', ')})
    ON CONFLICT (key) DO UPDATE SET ${set.join(', ')}`;
}
