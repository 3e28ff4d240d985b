import { describe, expect, it } from 'vitest';

import { sampleEvent } from '../lab.ts';
import { soon, toMap, useModelLab } from './model-lab.ts';
import { expectedRows, manyEvents, type Order, orderModel, cancelled, paid, placed } from './order-model.ts';

const lab = useModelLab();

describe('a read model', () => {
  it('holds what was appended before and after it began, one row for each key', async () => {
    const { log, deliver, rows, isAtTheEnd } = await lab.open();
    const [first] = await log.append([placed('a', 5), placed('b', 7), paid('a'), placed('c')]);
    await deliver(orderModel());
    await isAtTheEnd();
    expect((await rows()).map(({ key, row }) => [key, row['status'], row['total']])).toEqual([
      ['a', 'paid', 5],
      ['b', 'placed', 7],
      ['c', 'placed', 1],
    ]);
    const [last] = await log.append([cancelled('c'), paid('b')]);
    await isAtTheEnd();
    const kept = await rows();
    expect(kept.map(({ key, row }) => [key, row['status']])).toEqual([
      ['a', 'paid'],
      ['b', 'paid'],
    ]);
    expect(kept.map(({ lastChange }) => lastChange - (first?.position ?? 0))).toEqual([
      2,
      (last?.position ?? 0) + 1 - (first?.position ?? 0),
    ]);
  });

  it('passes over events of other types and those about no row, and comes to the end of the log', async () => {
    const { log, deliver, rows, isAtTheEnd } = await lab.open();
    await deliver(orderModel());
    await log.append([placed('a'), sampleEvent({ type: 'order.placed' }), sampleEvent({ type: 'other' })]);
    await isAtTheEnd();
    // One after another, so that most of them find the last position just written down.
    for (let number = 0; number < 20; number += 1) await log.append([sampleEvent({ type: 'other' })]);
    await isAtTheEnd();
    expect((await rows()).map(({ key }) => key)).toEqual(['a']);
  });

  it('says how far it has come though no further event wakes it', async () => {
    const { log, deliverWoken, isAtTheEnd } = await lab.open();
    await deliverWoken(orderModel());
    await log.append([placed('a')]);
    await isAtTheEnd();
    // So soon one after another that the position was just written down when they are passed over.
    for (let number = 0; number < 5; number += 1) await log.append([sampleEvent({ type: 'other' })]);
    await isAtTheEnd();
  });

  it('equals a fold of the whole log, over many batches', async () => {
    const { log, deliver, rows, isAtTheEnd, events } = await lab.open();
    const all = manyEvents(3_000);
    await log.append(all.slice(0, 1_500));
    await deliver(orderModel());
    for (let from = 1_500; from < all.length; from += 100) await log.append(all.slice(from, from + 100));
    await isAtTheEnd();
    expect(toMap(await rows())).toEqual(expectedRows(await events()));
  });

  it('keeps whatever JSON can say', async () => {
    const { log, deliver, rows, isAtTheEnd } = await lab.open();
    const data = {
      text: 'ü\u0000"\\\ud800 🚚',
      list: [1, null, { deep: [[]] }],
      number: 1.5e300,
      status: 'a\u0000b',
    };
    await log.append([sampleEvent({ type: 'kept', subject: 'a', data })]);
    await deliver(orderModel({ on: { kept: (_: unknown, event: { data: unknown }) => event.data } }));
    await isAtTheEnd();
    expect(toMap(await rows())).toEqual(new Map([['a', data]]));
  });
});

describe('a read model whose code fails', () => {
  const fails = orderModel({
    on: {
      'order.placed': (row: Order | null, event: { subject: string }) => {
        if (event.subject === 'bad') throw new TypeError('no\u0000such member');
        return { status: 'placed', changes: (row?.changes ?? 0) + 1 };
      },
    },
  });

  it('stands still in front of that event, says so, and goes on when it is mended', async () => {
    const { log, deliver, stop, state, rows, isAtTheEnd } = await lab.open();
    const appended = await log.append([placed('a'), placed('a'), placed('bad'), placed('c')]);
    const bad = appended[2]?.position ?? 0;
    const broken = await deliver(fails);
    const failure = {
      ...{ position: bad, type: 'order.placed', source: '/test', id: expect.any(String) as string },
      message: 'TypeError: no\u0000such member',
    };
    await expect.poll(async () => (await state()).next?.failure, soon).toEqual(failure);
    expect(await state()).toMatchObject({ current: null, next: { position: bad - 1 } });
    expect(broken.held).toContain('read-model/orders@1');
    await stop(broken);
    // The same code fails again at the same place, and counts nothing twice.
    const again = await deliver(fails);
    await expect.poll(() => again.held, soon).toContain('read-model/orders@1');
    await stop(again);
    expect((await state()).next).toMatchObject({ position: bad - 1, failure });
    await deliver(orderModel());
    await isAtTheEnd();
    expect((await state()).current?.failure).toBeNull();
    expect((await rows()).map(({ key, row }) => [key, row['changes']])).toEqual([
      ['a', 2],
      ['bad', 1],
      ['c', 1],
    ]);
  });

  it('can still be read up to there', async () => {
    const { log, deliver, state, rows, isAtTheEnd } = await lab.open();
    await log.append([placed('a')]);
    await deliver(fails);
    await isAtTheEnd();
    await log.append([placed('b'), placed('bad'), placed('c')]);
    await expect.poll(async () => (await state()).current?.failure, soon).not.toBeNull();
    expect((await rows()).map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it.each([
    ['a reducer that returns nothing', { on: { 'order.placed': () => undefined } }, /returned undefined/],
    [
      'a reducer that waits',
      { on: { 'order.placed': async () => Promise.resolve(null) } },
      /must be synchronous/,
    ],
    ['a date in a row', { on: { 'order.placed': () => ({ at: new Date() }) } }, /row\.at is a Date/],
    ['a key that is no text', { key: () => 7 }, /key returned number/],
    ['a key that is too long', { key: () => 'x'.repeat(1_025) }, /more than 1024 bytes/],
  ])('because of %s stands still', async (_, changes, message) => {
    const { log, deliver, state } = await lab.open();
    await log.append([placed('a')]);
    await deliver(orderModel(changes));
    await expect.poll(async () => (await state()).next?.failure?.message, soon).toMatch(message);
  });
});
