import { describe, expect, it } from 'vitest';

import { newRunIdSchema, runIdSchema } from '../../src/api/identifiers.ts';

describe('the id of a run', () => {
  it.each([
    ['order-4711', true],
    ['order/4711', false],
    ['Bestellung 4711', false],
    ['-order', false],
    ['', false],
  ])('%j may be chosen for a new run: %s', (id, may) => {
    expect(newRunIdSchema.safeParse(id).success).toBe(may);
  });

  it.each([
    ['order/4711', true],
    ['Bestellung 4711', true],
    ['x'.repeat(1_000), true],
    ['x'.repeat(1_001), false],
    ['ä'.repeat(501), false],
    ['', false],
  ])('%j may be that of a run that another client of Temporal started: %s', (id, may) => {
    expect(runIdSchema.safeParse(id).success).toBe(may);
  });
});
