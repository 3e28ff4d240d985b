import { BatonError } from '../../core/errors.ts';
import { announceChange } from '../consumers/announce-change.ts';
import type { Queryable } from '../database.ts';
import type { Failure } from './fold-events.ts';
import { consumerOf, type GenerationId } from './generation.ts';
import { createTable, dropTable } from './model-table.ts';

/** What a project has declared last of a read model, and the generation that readers see. */
export interface Declared {
  readonly title: string;
  readonly version: number;
  readonly indexes: readonly string[];
  /** `null` before the first is built. */
  readonly generation: number | null;
}

export interface Generation extends GenerationId {
  /** Of the definition that it is built by. */
  readonly version: number;
  readonly indexes: readonly string[];
  readonly failure: Failure | null;
}

/** Reads what is declared, and lets no one else change it until the end of the transaction. */
export async function lockDeclared(transaction: Queryable, readModel: string): Promise<Declared | null> {
  const { rows } = await transaction.query<Declared>({
    text: 'SELECT title, version, indexes, generation FROM baton.read_models WHERE name = $1 FOR UPDATE',
    values: [readModel],
  });
  return rows[0] ?? null;
}

/** @returns `null` for one that was replaced or never was */
export async function findGeneration(database: Queryable, id: GenerationId): Promise<Generation | null> {
  const found = await generationsOf(database, id.readModel);
  return found.find(({ generation }) => generation === id.generation) ?? null;
}

/** Those that are read or built, in their order. */
export async function generationsOf(database: Queryable, readModel: string): Promise<readonly Generation[]> {
  const { rows } = await database.query<Omit<Generation, 'readModel'>>({
    text: `
      SELECT generation, version, indexes, failure FROM baton.read_model_generations
      WHERE read_model = $1 AND NOT retired ORDER BY generation`,
    values: [readModel],
  });
  return rows.map((row) => ({ ...row, readModel }));
}

/** Begins a generation with the first event of the log. One at a time does so for a read model, under its lock. */
export async function beginGeneration(
  transaction: Queryable,
  readModel: string,
  { version, indexes }: { readonly version: number; readonly indexes: readonly string[] },
): Promise<void> {
  const { rows } = await transaction.query<{ generation: number }>({
    text: `
      INSERT INTO baton.read_model_generations (read_model, generation, version, indexes)
      SELECT $1, coalesce(max(generation), 0) + 1, $2, $3
      FROM baton.read_model_generations WHERE read_model = $1
      RETURNING generation`,
    values: [readModel, version, indexes],
  });
  const [row] = rows;
  if (row === undefined) throw new BatonError('internal', 'PostgreSQL returned no generation');
  const id = { readModel, generation: row.generation };
  await createTable(transaction, id, indexes);
  await transaction.query({
    text: 'INSERT INTO baton.consumers (name, cursor) VALUES ($1, 0)',
    values: [consumerOf(id)],
  });
  await announceChange(transaction);
}

/** Ends a generation: whoever fills it loses its lease. Its table is dropped later, by {@link dropRetired}. */
export async function retire(transaction: Queryable, id: GenerationId): Promise<void> {
  await transaction.query({
    text: 'DELETE FROM baton.consumers WHERE name = $1',
    values: [consumerOf(id)],
  });
  await announceChange(transaction);
  await transaction.query({
    text: 'UPDATE baton.read_model_generations SET retired = true WHERE read_model = $1 AND generation = $2',
    values: [id.readModel, id.generation],
  });
}

/** Says why a generation stands still, or that it goes on. */
export async function recordFailure(
  transaction: Queryable,
  id: GenerationId,
  failure: Failure | null,
): Promise<void> {
  await transaction.query({
    text: 'UPDATE baton.read_model_generations SET failure = $3 WHERE read_model = $1 AND generation = $2',
    values: [id.readModel, id.generation, failure === null ? null : JSON.stringify(failure)],
  });
}

/** @returns the generations whose table is still to be dropped */
export async function retiredOf(database: Queryable, readModel: string): Promise<readonly GenerationId[]> {
  const { rows } = await database.query<{ generation: number }>({
    text: 'SELECT generation FROM baton.read_model_generations WHERE read_model = $1 AND retired',
    values: [readModel],
  });
  return rows.map(({ generation }) => ({ readModel, generation }));
}

export async function forgetGeneration(transaction: Queryable, id: GenerationId): Promise<void> {
  await dropTable(transaction, id);
  await transaction.query({
    text: 'DELETE FROM baton.read_model_generations WHERE read_model = $1 AND generation = $2',
    values: [id.readModel, id.generation],
  });
}
