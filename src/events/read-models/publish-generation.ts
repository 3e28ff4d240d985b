import { fence, type Lease, saveCursor } from '../consumers/lease.ts';
import type { Database, Queryable } from '../database.ts';
import { consumerOf, type GenerationId } from './generation.ts';
import { lockDeclared, retire } from './generation-store.ts';

/**
 * Lets readers see a generation instead of the one that they see now, in one transaction. That needs it to have come as far:
 * no reader ever goes back.
 *
 * @param position up to which the generation holds every event
 * @returns whether readers see it; else it is to be asked again a little later
 * @throws LeaseLost
 */
export async function publishGeneration(
  database: Database,
  { lease, ...id }: GenerationId & { readonly lease: Lease },
  position: number,
): Promise<boolean> {
  return database.transact(async (transaction) => {
    const declared = await lockDeclared(transaction, id.readModel);
    await fence(transaction, lease);
    const former = declared?.generation ?? null;
    if (former === id.generation) return true;
    if (former !== null) {
      const formerId = { readModel: id.readModel, generation: former };
      if (!(await isPassed(transaction, formerId, position))) return false;
      await retire(transaction, formerId);
    }
    await saveCursor(transaction, lease, position);
    await transaction.query({
      text: 'UPDATE baton.read_models SET generation = $2 WHERE name = $1',
      values: [id.readModel, id.generation],
    });
    return true;
  });
}

/**
 * Whether a generation stands at the position or before; then it stays there until the end of the transaction. Nothing is
 * waited for, since others lock consumers in any order.
 */
async function isPassed(transaction: Queryable, id: GenerationId, position: number): Promise<boolean> {
  const { rows } = await transaction.query<{ cursor: string }>({
    text: 'SELECT cursor FROM baton.consumers WHERE name = $1 FOR UPDATE SKIP LOCKED',
    values: [consumerOf(id)],
  });
  return rows[0] !== undefined && Number(rows[0].cursor) <= position;
}
