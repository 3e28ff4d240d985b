import { BatonError } from '../../core/errors.ts';
import type { Database } from '../database.ts';
import { readModelNotFound } from './find-read-model.ts';
import { beginGeneration, generationsOf, lockDeclared, retire } from './generation-store.ts';

/**
 * Asks for a read model to be built anew from the first event on, while readers keep what is there. A rebuild that has failed
 * is replaced by a new one.
 *
 * @throws BatonError `read-model-not-found`; `read-model-rebuilding` where it is being built already
 */
export async function rebuildReadModel(database: Database, readModel: string): Promise<void> {
  await database.transact(async (transaction) => {
    const declared = await lockDeclared(transaction, readModel);
    if (declared === null) throw readModelNotFound(readModel);
    const generations = await generationsOf(transaction, readModel);
    const pending = generations.find(({ generation }) => generation !== declared.generation);
    if (pending?.failure === null) {
      throw new BatonError(
        'read-model-rebuilding',
        `The read model "${readModel}" is being built already; ask again when that is done`,
      );
    }
    if (pending !== undefined) await retire(transaction, pending);
    await beginGeneration(transaction, readModel, declared);
  });
}
