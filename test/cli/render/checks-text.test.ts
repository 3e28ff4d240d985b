import { describe, expect, it } from 'vitest';

import { fail, ok, warn } from '../../../src/cli/doctor/check.ts';
import { checksText } from '../../../src/cli/render/checks-text.ts';
import { createPaint } from '../../../src/cli/render/paint.ts';

const paint = createPaint(false);
const node = ok('Node.js', '22.0.0');
const types = warn('Types', 'out of date', 'baton generate');

describe('the text of checks', () => {
  it('is a line each, with a way out below what is not as it should be', () => {
    expect(checksText([node, types, fail('Port 1', 'not free', 'set X')], paint).split('\n')).toEqual([
      'ok    Node.js  22.0.0',
      'warn  Types    out of date',
      '               → baton generate',
      'fail  Port 1   not free',
      '               → set X',
      '',
      '1 of 3 checks failed.',
    ]);
  });

  it('ends with the sum of them', () => {
    expect(checksText([node, types], paint)).toMatch(/\n\nNothing is in the way\.$/);
    expect(checksText([node], paint)).toMatch(/\n\nEverything is as it should be\.$/);
  });
});
