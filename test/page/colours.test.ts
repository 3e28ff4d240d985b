import { readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

const css = await readFile(new URL('../../src/page/styles/colours.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split('@media');
const states = ['done', 'active', 'wait', 'fail', 'stuck', 'undo', 'idle'];
const grounds = ['ground', 'surface', 'sunken'];

describe.each([
  ['light', light],
  ['dark', dark],
])('text on the %s page', (_scheme, text) => {
  const colour = (name: string): string =>
    new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(text)?.[1] ?? expect.fail(`--${name} is missing`);
  const pairs = [
    ...['text', 'quiet', 'accent'].flatMap((name) => grounds.map((ground) => [name, ground] as const)),
    ...states.flatMap((state) => [...grounds, `${state}-soft`].map((ground) => [state, ground] as const)),
    ['text', 'fail-soft'] as const,
    ['text', 'wait-soft'] as const,
    ['on-accent', 'accent'] as const,
  ];

  // WCAG 2.2, 1.4.3
  it('can be read on every ground that it stands on', () => {
    const faint = pairs.filter(([name, ground]) => contrast(colour(name), colour(ground)) < 4.5);
    expect(faint).toEqual([]);
  });
});

/** The contrast ratio of WCAG 2.2. */
function contrast(left: string, right: string): number {
  const [dim = 0, bright = 0] = [luminance(left), luminance(right)].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
