import { describe, expect, it } from 'vitest';

import { createPaint, wantsColour } from '../../../src/cli/render/paint.ts';

describe('colours', () => {
  it.each([
    { env: {}, isTerminal: true, wanted: true },
    { env: {}, isTerminal: false, wanted: false },
    { env: { CI: '1' }, isTerminal: false, wanted: false },
    { env: { NO_COLOR: '1' }, isTerminal: true, wanted: false },
    { env: { NO_COLOR: '' }, isTerminal: true, wanted: true },
    { env: { NO_COLOR: '1', FORCE_COLOR: '1' }, isTerminal: true, wanted: false },
    { env: { FORCE_COLOR: '1' }, isTerminal: false, wanted: true },
    { env: { FORCE_COLOR: '0' }, isTerminal: true, wanted: false },
    { env: { TERM: 'dumb' }, isTerminal: true, wanted: false },
  ])('with $env, on a terminal: $isTerminal → $wanted', ({ env, isTerminal, wanted }) => {
    expect(wantsColour(env, isTerminal)).toBe(wanted);
  });

  it('are none where none are wanted', () => {
    expect(createPaint(false).red('x')).toBe('x');
    expect(createPaint(true).red('x')).toBe('\u001b[31mx\u001b[39m');
  });
});
