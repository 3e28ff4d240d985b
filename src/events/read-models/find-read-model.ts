import { BatonError } from '../../core/errors.ts';
import type { Queryable } from '../database.ts';
import type { Failure } from './fold-events.ts';

/** How far a generation has come. */
export interface GenerationState {
  readonly generation: number;
  readonly version: number;
  readonly indexes: readonly string[];
  /** Every event up to here is in it. */
  readonly position: number;
  /** Positions from there to the end of the log; not all of them concern the model. */
  readonly lag: number;
  /** Why it stands still; `null` while it goes on. */
  readonly failure: Failure | null;
  readonly startedAt: string;
}

/** A read model and how it is getting on. */
export interface ReadModelState {
  readonly name: string;
  readonly title: string;
  /** As the project declared it last. */
  readonly version: number;
  /** What readers see; `null` before the first is built. */
  readonly current: GenerationState | null;
  /** What is being built to be seen next; `null` where nothing is. */
  readonly next: GenerationState | null;
}

interface Row {
  readonly name: string;
  readonly title: string;
  readonly declared: number;
  readonly current: number | null;
  readonly generation: number;
  readonly version: number;
  readonly indexes: readonly string[];
  readonly cursor: string;
  readonly lag: string;
  readonly failure: Failure | null;
  readonly started_at: Date;
}

/** @param where a condition on `model` */
function select(where: string): string {
  return `
    SELECT name, title, model.version AS declared, model.generation AS current,
      built.generation, built.version, built.indexes, failure, started_at, cursor,
      greatest(0, (SELECT coalesce(max(position), 0) FROM baton.events) - cursor) AS lag
    FROM baton.read_models AS model
    JOIN baton.read_model_generations AS built ON read_model = name AND NOT retired
    JOIN LATERAL (
      SELECT cursor FROM baton.consumers
      WHERE consumers.name = 'read-model/' || model.name || '@' || built.generation
    ) AS consumer ON true
    WHERE ${where} ORDER BY name, built.generation`;
}

/** All read models, by name. */
export async function listReadModels(database: Queryable): Promise<readonly ReadModelState[]> {
  const { rows } = await database.query<Row>({ text: select('true') });
  return [...new Set(rows.map(({ name }) => name))].flatMap((name) => {
    const state = toState(rows.filter((row) => row.name === name));
    return state === null ? [] : [state];
  });
}

/** @throws BatonError `read-model-not-found` */
export async function findReadModel(database: Queryable, name: string): Promise<ReadModelState> {
  const { rows } = await database.query<Row>({ text: select('model.name = $1'), values: [name] });
  const state = toState(rows);
  if (state === null) throw readModelNotFound(name);
  return state;
}

export function readModelNotFound(name: string): BatonError {
  return new BatonError(
    'read-model-not-found',
    `There is no read model "${name}"; one that was added to the project is there once a deliverer has started with it`,
  );
}

function toState(rows: readonly Row[]): ReadModelState | null {
  const [first] = rows;
  if (first === undefined) return null;
  const { name, title, declared: version } = first;
  const current = rows.find(({ generation, current: shown }) => generation === shown);
  const next = rows.find(({ generation, current: shown }) => generation !== shown);
  return {
    name,
    title,
    version,
    current: current === undefined ? null : toGeneration(current),
    next: next === undefined ? null : toGeneration(next),
  };
}

function toGeneration(row: Row): GenerationState {
  const { generation, version, indexes, failure } = row;
  return {
    generation,
    version,
    indexes,
    failure,
    position: Number(row.cursor),
    lag: Number(row.lag),
    startedAt: row.started_at.toISOString(),
  };
}
