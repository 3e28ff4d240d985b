import { afterEach, expect, it, vi } from 'vitest';

import { stoppingOf } from '../../src/api/stopping.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

it('lets many requests listen without a warning', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const warnings: unknown[] = [];
  const collect = (warning: unknown): number => warnings.push(warning);
  process.on('warning', collect);
  const { signal } = stoppingOf({});
  for (let requests = 0; requests < 100; requests += 1) signal.addEventListener('abort', () => undefined);
  await new Promise(setImmediate);
  process.off('warning', collect);
  expect([...warn.mock.calls, ...warnings]).toEqual([]);
});

it('is one for each application', () => {
  const app = {};
  stoppingOf(app).abort();
  expect([stoppingOf(app).signal.aborted, stoppingOf({}).signal.aborted]).toEqual([true, false]);
});
