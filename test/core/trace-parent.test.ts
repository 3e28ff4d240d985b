import { describe, expect, it } from 'vitest';

import { readTraceparent, traceIdOf } from '../../src/core/trace-parent.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';
const span = 'b7ad6b7169203331';

describe('readTraceparent', () => {
  it('takes a valid header, and tells its trace', () => {
    expect(readTraceparent(`00-${trace}-${span}-01`)).toBe(`00-${trace}-${span}-01`);
    expect(traceIdOf(`00-${trace}-${span}-01`)).toBe(trace);
  });

  it.each([
    undefined,
    '',
    'nonsense',
    `00-${'0'.repeat(32)}-${span}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `ff-${trace}-${span}-01`,
    `00-${trace.toUpperCase()}-${span}-01`,
  ])('ignores %j', (header) => {
    expect(readTraceparent(header)).toBeNull();
    expect(traceIdOf(header)).toBeNull();
  });
});
