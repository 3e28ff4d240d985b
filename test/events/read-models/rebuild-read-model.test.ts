import { describe, expect, it } from 'vitest';

import type { CloudEvent } from '../../../src/core/cloud-event.ts';
import type { RunningConsumers } from '../../../src/events/consumers/run-consumers.ts';
import { rebuildReadModel } from '../../../src/events/read-models/rebuild-read-model.ts';
import { registerReadModels } from '../../../src/events/read-models/register-read-models.ts';
import { type ModelLab, soon, toMap, useModelLab } from './model-lab.ts';
import { expectedRows, manyEvents, orderModel, orders, placed } from './order-model.ts';

const lab = useModelLab();

async function tablesOf({ log }: ModelLab): Promise<readonly string[]> {
  const { rows } = await log.database.query<{ name: string }>({
    text: "SELECT tablename AS name FROM pg_tables WHERE tablename LIKE 'read_model_orders%' ORDER BY 1",
  });
  return rows.map(({ name }) => name);
}

async function isGeneration({ state }: ModelLab, generation: number): Promise<void> {
  await expect.poll(async () => (await state()).current?.generation, soon).toBe(generation);
}

/** A model that is read and has come to the end of the log. */
async function built(here: ModelLab, events: readonly CloudEvent[]): Promise<RunningConsumers> {
  await here.log.append(events);
  const deliverer = await here.deliver(orderModel());
  await here.isAtTheEnd();
  return deliverer;
}

/** Looks at the rows again and again until it is stopped. */
function watch({ rows, state }: ModelLab): { readonly stop: () => Promise<readonly Sight[]> } {
  const sights: Sight[] = [];
  const over = new AbortController();
  const looking = (async () => {
    while (!over.signal.aborted) {
      const seen = await rows();
      const { current } = await state();
      sights.push({ count: seen.length, position: current?.position ?? -1 });
    }
  })();
  return {
    stop: async () => {
      over.abort();
      await looking;
      return sights;
    },
  };
}

interface Sight {
  readonly count: number;
  readonly position: number;
}

describe('a rebuild', () => {
  it('ends with the same rows, and the former table is gone', async () => {
    const here = await lab.open();
    await built(here, manyEvents(2_000));
    const before = await here.rows();
    await rebuildReadModel(here.log.database, 'orders');
    await isGeneration(here, 2);
    expect(await here.rows()).toEqual(before);
    await expect.poll(() => tablesOf(here), soon).toEqual(['read_model_orders_2']);
    expect((await here.state()).next).toBeNull();
  });

  it('shows readers the former rows until it has come as far, and never fewer, while events keep coming', async () => {
    const here = await lab.open();
    const all = manyEvents(4_000);
    await built(here, all.slice(0, 2_000));
    // From here on no order is cancelled, so that readers should see ever more rows.
    const more = all.slice(2_000).filter(({ type }) => type !== 'order.cancelled');
    const count = (await here.rows()).length;
    const watching = watch(here);
    await rebuildReadModel(here.log.database, 'orders');
    for (let from = 0; from < more.length; from += 50) await here.log.append(more.slice(from, from + 50));
    await isGeneration(here, 2);
    await here.isAtTheEnd();
    const sights = await watching.stop();
    expect(toMap(await here.rows())).toEqual(expectedRows(await here.events()));
    expect(Math.min(...sights.map((sight) => sight.count))).toBeGreaterThanOrEqual(count);
    const positions = sights.map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted((left, right) => left - right));
  });

  it('goes on where it was, when it was interrupted', async () => {
    const here = await lab.open();
    const deliverer = await built(here, manyEvents(2_000));
    const expected = toMap(await here.rows());
    await here.stop(deliverer);
    // One whose code fails at the tenth event before the end has come some way when it is stopped.
    const last = (await here.events()).at(-10);
    const failsLate = orderModel({
      on: Object.fromEntries(
        Object.entries(orders.on).map(([type, reducer]) => [
          type,
          (row: never, event: never, place: { readonly position: number }) => {
            if (place.position >= (last?.position ?? 0)) throw new Error('late');
            return (reducer as (...given: unknown[]) => unknown)(row, event, place);
          },
        ]),
      ),
    });
    const first = await here.deliver(failsLate);
    await rebuildReadModel(here.log.database, 'orders');
    await expect.poll(async () => (await here.state()).next?.failure?.message, soon).toBe('Error: late');
    const { next, current } = await here.state();
    expect(current?.generation).toBe(1);
    expect(next?.position).toBeGreaterThan(1_000);
    await here.stop(first);
    let reduced = 0;
    await here.deliver(orderModel({ key: (event: CloudEvent) => ((reduced += 1), event.subject ?? null) }));
    await isGeneration(here, 2);
    expect(toMap(await here.rows())).toEqual(expected);
    expect(reduced).toBeLessThan(50);
  });

  it('is asked for once at a time; one that has failed makes room for another', async () => {
    const here = await lab.open();
    const deliverer = await built(here, [placed('a')]);
    await here.stop(deliverer);
    const { database } = here.log;
    await rebuildReadModel(database, 'orders');
    await expect(rebuildReadModel(database, 'orders')).rejects.toMatchObject({
      code: 'read-model-rebuilding',
    });
    const broken = await here.deliver(orderModel({ key: () => 7 }));
    await expect.poll(async () => (await here.state()).next?.failure, soon).not.toBeNull();
    await here.stop(broken);
    await rebuildReadModel(database, 'orders');
    expect((await here.state()).next).toMatchObject({ generation: 3, failure: null, position: 0 });
    await here.deliver(orderModel());
    await isGeneration(here, 3);
    await expect.poll(() => tablesOf(here), soon).toEqual(['read_model_orders_3']);
  });

  it('is refused for a model that is not there', async () => {
    const { log } = await lab.open();
    await expect(rebuildReadModel(log.database, 'nothing')).rejects.toMatchObject({
      code: 'read-model-not-found',
    });
  });

  it('leaves a table that someone still reads for later, and holds up no one', async () => {
    const here = await lab.open();
    const deliverer = await built(here, [placed('a')]);
    await here.log.database.transact(async (backup) => {
      await backup.query({ text: 'LOCK TABLE baton.read_model_orders_1 IN ACCESS SHARE MODE' });
      await rebuildReadModel(here.log.database, 'orders');
      await isGeneration(here, 2);
      await here.log.append([placed('b')]);
      await here.isAtTheEnd();
      expect(await here.rows()).toHaveLength(2);
      expect(await tablesOf(here)).toEqual(['read_model_orders_1', 'read_model_orders_2']);
    });
    await here.stop(deliverer);
    await here.deliver(orderModel());
    await expect.poll(() => tablesOf(here), soon).toEqual(['read_model_orders_2']);
  });
});

describe('a definition of a higher version', () => {
  const second = orderModel({
    version: 2,
    on: { 'order.placed': (_: unknown, event: CloudEvent) => ({ status: 'second', id: event.id }) },
  });

  it('has the model built anew; the former version is read until then', async () => {
    const here = await lab.open();
    const old = await built(here, [placed('a'), placed('b')]);
    await registerReadModels(here.log.database, [second]);
    // The process of the former version keeps its own table and leaves the new one alone.
    await expect.poll(async () => (await here.state()).next?.version, soon).toBe(2);
    await here.log.append([placed('c')]);
    await here.isAtTheEnd();
    expect((await here.rows()).map(({ row }) => row['status'])).toEqual(['placed', 'placed', 'placed']);
    const young = await here.deliver(second);
    await isGeneration(here, 2);
    expect((await here.rows()).map(({ row }) => row['status'])).toEqual(['second', 'second', 'second']);
    await here.log.append([placed('d')]);
    await here.isAtTheEnd();
    expect((await here.rows()).map(({ row }) => row['status'])).toEqual(Array(4).fill('second'));
    await here.stop(old);
    await here.stop(young);
  });

  it('does not go back when a process of the former version starts again', async () => {
    const here = await lab.open();
    await here.log.append([placed('a')]);
    await here.deliver(second);
    await here.isAtTheEnd();
    const registered = await registerReadModels(here.log.database, [orderModel()]);
    expect(registered).toEqual(new Map([['orders', 'older']]));
    expect(await here.state()).toMatchObject({ version: 2, next: null });
  });

  it('replaces a rebuild that is under way', async () => {
    const here = await lab.open();
    await registerReadModels(here.log.database, [orderModel()]);
    await registerReadModels(here.log.database, [second]);
    const third = orderModel({ version: 3 });
    await registerReadModels(here.log.database, [third, orderModel({ name: 'others' })]);
    expect((await here.state()).next).toMatchObject({ generation: 3, version: 3 });
    await here.deliver(third);
    await isGeneration(here, 3);
    await expect.poll(() => tablesOf(here), soon).toEqual(['read_model_orders_3']);
  });
});

describe('registering', () => {
  it('is harmless when processes start at once, and when nothing has changed', async () => {
    const { log, state } = await lab.open();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => registerReadModels(log.database, [orderModel()])),
    );
    expect(answers.map((answer) => answer.get('orders')).toSorted()).toEqual(
      ['new', ...Array<string>(4).fill('unchanged')].toSorted(),
    );
    const again = await registerReadModels(log.database, [orderModel({ title: 'All orders' })]);
    expect(again.get('orders')).toBe('unchanged');
    expect(await state()).toMatchObject({ title: 'All orders', next: { generation: 1 } });
  });

  it('has a model with other indexes built anew', async () => {
    const here = await lab.open();
    await built(here, [placed('a')]);
    const wider = orderModel({ indexes: ['status', 'last'] });
    expect((await registerReadModels(here.log.database, [wider])).get('orders')).toBe('rebuilding');
    await isGeneration(here, 2);
    expect((await here.state()).current?.indexes).toEqual(['status', 'last']);
  });
});
