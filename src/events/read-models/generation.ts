import { escapeIdentifier } from 'pg';

import { schemaName } from '../database.ts';

/** One build of a read model: a table of its own, filled by a consumer of its own. */
export interface GenerationId {
  readonly readModel: string;
  /** From 1; a later one replaces those before it. */
  readonly generation: number;
}

/** PostgreSQL takes 63 bytes for the name of a table. */
export const maximumNameLength = 40;

export const readModelName = /^[a-z][a-z0-9-]*$/;

/** The name of the consumer that goes through the log for a generation. */
export function consumerOf({ readModel, generation }: GenerationId): string {
  return `read-model/${readModel}@${generation}`;
}

/** @returns `null` for a consumer of something else */
export function generationOf(consumer: string): GenerationId | null {
  const [, readModel, generation] = /^read-model\/([a-z][a-z0-9-]*)@([1-9]\d*)$/.exec(consumer) ?? [];
  if (readModel === undefined || generation === undefined) return null;
  return { readModel, generation: Number(generation) };
}

/** The table of a generation, as SQL says it; `orders` gets `baton.read_model_orders_1`. */
export function tableOf({ readModel, generation }: GenerationId): string {
  const name = `read_model_${readModel.replaceAll('-', '_')}_${generation}`;
  return `${escapeIdentifier(schemaName)}.${escapeIdentifier(name)}`;
}
