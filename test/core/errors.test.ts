import { readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { errorCatalogue, errorTypeUri, isErrorCode } from '../../src/core/errors.ts';

const manual = await readFile(new URL('../../docs/reference/errors.md', import.meta.url), 'utf8');
const documented = [...manual.matchAll(/^### `([a-z-]+)` · (\d{3})$/gm)].map(
  ([, code = '', status = '']) => ({
    code,
    status: Number(status),
  }),
);

describe('the catalogue of errors', () => {
  it('is documented, code for code and status for status', () => {
    const known = Object.entries(errorCatalogue).map(([code, { status }]) => ({ code, status }));
    expect(documented.toSorted(byCode)).toEqual(known.toSorted(byCode));
  });

  it('says of every code what it means and what to do', () => {
    const sections = manual.split(/^### /m).slice(1);
    const incomplete = sections.filter((section) => !/\n\n\S.*\n\n\*\*What to do\.\*\* \S/s.test(section));
    expect(incomplete.map((section) => section.slice(0, 30))).toEqual([]);
  });

  it.each(Object.entries(errorCatalogue))('names %s in a URI and by a title', (code, { title, status }) => {
    expect(isErrorCode(code) && errorTypeUri(code)).toBe(`urn:baton:error:${code}`);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(status).toBeGreaterThanOrEqual(400);
  });

  it('knows its own codes only', () => {
    expect(['toString', '__proto__', 'nope'].filter(isErrorCode)).toEqual([]);
  });
});

function byCode(left: { code: string }, right: { code: string }): number {
  return left.code < right.code ? -1 : 1;
}
