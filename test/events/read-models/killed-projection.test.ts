import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { rebuildReadModel } from '../../../src/events/read-models/rebuild-read-model.ts';
import { registerReadModels } from '../../../src/events/read-models/register-read-models.ts';
import { startPart } from '../../support/part.ts';
import { type ModelLab, toMap, useModelLab } from './model-lab.ts';
import { expectedRows, manyEvents, orderModel } from './order-model.ts';

const lab = useModelLab();
const projector = fileURLToPath(new URL('./projector.ts', import.meta.url));
const count = 6_000;

/** Where what is being built stands. */
async function positionOf({ state }: ModelLab): Promise<number> {
  const { next, current } = await state();
  return (next ?? current)?.position ?? 0;
}

/** Lets a real process go on past a position, and kills it. */
async function killPast(here: ModelLab, position: number): Promise<number> {
  const child = await startPart([projector, here.log.database.url], { cwd: tmpdir(), env: {}, ready: 'up' });
  try {
    await expect
      .poll(async () => positionOf(here), { timeout: 30_000, interval: 5 })
      .toBeGreaterThan(position);
  } finally {
    await child.kill();
  }
  return positionOf(here);
}

it('counts each event once, though the processes that fill it are killed in the middle', async () => {
  const here = await lab.open();
  const { log, rows, events, deliver, isAtTheEnd } = here;
  const all = manyEvents(count);
  for (let from = 0; from < count; from += 1_000) await log.append(all.slice(from, from + 1_000));
  await registerReadModels(log.database, [orderModel()]);
  const first = await killPast(here, 300);
  const second = await killPast(here, first + 300);
  expect(second).toBeLessThan(await log.head());
  await deliver(orderModel());
  await isAtTheEnd();
  const expected = expectedRows(await events());
  expect(toMap(await rows())).toEqual(expected);

  // The same of a rebuild: it goes on where the killed process was.
  await rebuildReadModel(log.database, 'orders');
  await expect.poll(async () => (await here.state()).current?.generation, { timeout: 20_000 }).toBe(2);
  expect(toMap(await rows())).toEqual(expected);
});
