import { describe, expect, it } from 'vitest';

import type { Lease } from '../../../src/events/consumers/lease.ts';
import { LeaseLost } from '../../../src/events/consumers/lease.ts';
import { takeConsumers } from '../../../src/events/consumers/lease-store.ts';
import { consumerOf } from '../../../src/events/read-models/generation.ts';
import { findGeneration } from '../../../src/events/read-models/generation-store.ts';
import { projectGeneration } from '../../../src/events/read-models/project-generation.ts';
import { registerReadModels } from '../../../src/events/read-models/register-read-models.ts';
import { silent } from '../lab.ts';
import { type ModelLab, toMap, useModelLab } from './model-lab.ts';
import { expectedRows, manyEvents, orderModel } from './order-model.ts';

const lab = useModelLab();
const id = { readModel: 'orders', generation: 1 };

/** Takes the consumer of the model, as a process of its own would, and never renews. */
async function take({ log }: ModelLab, signal: AbortSignal): Promise<Lease> {
  await log.database.query({ text: 'UPDATE baton.consumers SET lease_until = NULL' });
  const all = await takeConsumers(log.database, crypto.randomUUID(), 100);
  const taken = all.find(({ consumer }) => consumer === consumerOf(id));
  if (taken === undefined) throw new Error('there is no consumer');
  return { ...taken, signal, lost: new AbortController().signal, isHeld: () => true };
}

async function project(
  { log }: ModelLab,
  lease: Lease,
  onRead: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { database } = log;
  const generation = await findGeneration(database, id);
  if (generation === null) throw new Error('there is no generation');
  const watched: typeof database = {
    ...database,
    transact: async (work) => {
      await onRead();
      return database.transact(work);
    },
  };
  const work = { definition: orderModel(), generation, isCurrent: false };
  await projectGeneration(work, lease, { database: watched, wakeUp: log.wakeUp, log: silent });
}

describe('a holder that was overtaken', () => {
  it('writes nothing any more: each event counts once', async () => {
    const here = await lab.open();
    const { log, rows, events, isAtTheEnd } = here;
    await log.append(manyEvents(1_500));
    await registerReadModels(log.database, [orderModel()]);
    const ending = new AbortController();
    const first = await take(here, ending.signal);
    let batches = 0;
    let second: Promise<void> | undefined;
    // It has read its third batch and is about to write it, when another one takes the consumer and goes on to the end.
    const overtaken = project(here, first, async () => {
      batches += 1;
      if (batches !== 3) return;
      second = project(here, await take(here, ending.signal));
      await isAtTheEnd();
    });
    await expect(overtaken).rejects.toThrow(LeaseLost);
    ending.abort();
    await second;
    expect(batches).toBe(3);
    expect(toMap(await rows())).toEqual(expectedRows(await events()));
  });

  it('has its rows taken back together with its cursor, when its transaction breaks off', async () => {
    const here = await lab.open();
    const { log, rows, events, isAtTheEnd } = here;
    await log.append(manyEvents(900));
    await registerReadModels(log.database, [orderModel()]);
    await log.database.query({
      text: `
        CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF new.cursor > 500 THEN RAISE EXCEPTION 'broken off'; END IF; RETURN new; END $$;
        CREATE TRIGGER break_off BEFORE UPDATE OF cursor ON baton.consumers
          FOR EACH ROW EXECUTE FUNCTION break_off();`,
    });
    const ending = new AbortController();
    const first = await take(here, ending.signal);
    await expect(project(here, first)).rejects.toThrow('broken off');
    await log.database.query({ text: 'DROP TRIGGER break_off ON baton.consumers' });
    const second = project(here, await take(here, ending.signal));
    await isAtTheEnd();
    ending.abort();
    await second;
    expect(toMap(await rows())).toEqual(expectedRows(await events()));
  });
});
