import { isDeepStrictEqual } from 'node:util';

import { BatonError } from '../../core/errors.ts';
import type { Database, Queryable } from '../database.ts';
import type { Definition } from './definition.ts';
import { beginGeneration, type Declared, generationsOf, lockDeclared, retire } from './generation-store.ts';

/**
 * What the database does about a definition:
 * `new` = it is built for the first time; `rebuilding` = it is built anew; `older` = a later version of the project has
 * been here: this process leaves the model alone.
 */
export type Registration = 'new' | 'unchanged' | 'rebuilding' | 'older';

/**
 * Declares the read models of a project, at the start of each process that fills them. Models that the project does not
 * have any more are left as they are.
 *
 * @returns what is done about each, by name
 */
export async function registerReadModels(
  database: Database,
  definitions: readonly Definition[],
): Promise<ReadonlyMap<string, Registration>> {
  const registrations = new Map<string, Registration>();
  // One transaction for each: no one ever holds the rows of two models.
  for (const definition of definitions) {
    const registration = await database.transact((transaction) => register(transaction, definition));
    registrations.set(definition.name, registration);
  }
  return registrations;
}

/** Decides what a definition means for what is there; another list of indexes needs other columns. */
function decideRegistration(
  known: Pick<Declared, 'version' | 'indexes'>,
  { version, indexes }: Pick<Definition, 'version' | 'indexes'>,
): Exclude<Registration, 'new'> {
  if (version < known.version) return 'older';
  const isSame = version === known.version && isDeepStrictEqual([...indexes], [...known.indexes]);
  return isSame ? 'unchanged' : 'rebuilding';
}

async function register(transaction: Queryable, definition: Definition): Promise<Registration> {
  const { name, title, version, indexes } = definition;
  const { rowCount } = await transaction.query({
    text: `
      INSERT INTO baton.read_models (name, title, version, indexes) VALUES ($1, $2, $3, $4)
      ON CONFLICT DO NOTHING`,
    values: [name, title, version, indexes],
  });
  if (rowCount === 1) {
    await beginGeneration(transaction, name, definition);
    return 'new';
  }
  const known = await lockDeclared(transaction, name);
  if (known === null) throw new BatonError('internal', `The read model "${name}" was removed meanwhile`);
  const registration = decideRegistration(known, definition);
  if (registration === 'older') return registration;
  await transaction.query({
    text: 'UPDATE baton.read_models SET title = $2, version = $3, indexes = $4 WHERE name = $1',
    values: [name, title, version, indexes],
  });
  if (registration === 'unchanged') return registration;
  for (const { generation } of await generationsOf(transaction, name)) {
    // One that was under way would be out of date before it is read.
    if (generation !== known.generation) await retire(transaction, { readModel: name, generation });
  }
  await beginGeneration(transaction, name, definition);
  return registration;
}
