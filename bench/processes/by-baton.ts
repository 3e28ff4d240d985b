import { call } from '../../src/workflows/index.ts';

/** Four calls, one after another, by Baton's step. */
async function fourCalls(operation: string): Promise<number> {
  let sum = 0;
  for (let n = 1; n <= 4; n += 1) sum += ((await call(operation, { body: { n } })) as { n: number }).n;
  return sum;
}

export function batonOrdinary(): Promise<number> {
  return fourCalls('bench.ordinary');
}

export function batonQuick(): Promise<number> {
  return fourCalls('bench.quick');
}

/** A long run: that many calls, fifty at a time. */
export async function manySteps(count: number): Promise<void> {
  const left = Array.from({ length: count }, (_, index) => index);
  while (left.length > 0) {
    await Promise.all(left.splice(0, 50).map((n) => call('bench.ordinary', { body: { n } })));
  }
}
