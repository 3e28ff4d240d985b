import { expect, test } from 'vitest';

import { createBell } from '../../../../../../examples/shop/services/shared/events/bell.ts';

const long = 600_000;

test('a ring wakes whoever waits', async () => {
  const bell = createBell();
  const waiting = bell.wait(long, new AbortController().signal);
  bell.ring();
  await waiting;
});

test('a ring while nobody waits is kept, and kept once', async () => {
  const bell = createBell();
  bell.ring();
  bell.ring();
  await bell.wait(long, new AbortController().signal);
  let isOver = false;
  const next = bell.wait(long, new AbortController().signal).then(() => (isOver = true));
  await Promise.resolve();
  expect(isOver).toBe(false);
  bell.ring();
  await next;
});

test('a wait ends with its time, and with the signal', async () => {
  const bell = createBell();
  await bell.wait(1, new AbortController().signal);
  const stopping = new AbortController();
  const waiting = bell.wait(long, stopping.signal);
  stopping.abort();
  await waiting;
  await bell.wait(long, stopping.signal);
});
