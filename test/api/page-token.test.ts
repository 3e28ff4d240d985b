import { describe, expect, it } from 'vitest';

import { fromPageToken, toPageToken } from '../../src/api/page-token.ts';

const token = toPageToken(Buffer.from('position'), 'query');

describe('a page token', () => {
  it('comes back as it was, for the same query', () => {
    expect(Buffer.from(fromPageToken(token, 'query')).toString()).toBe('position');
  });

  it.each([
    ['of another query', token, 'other'],
    ['that was changed', token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), 'query'],
    ['that was cut', token.slice(0, 5), 'query'],
    ['that never was one', '%%%', 'query'],
  ])('is refused when it is one %s', (_name, text, query) => {
    expect(() => fromPageToken(text, query)).toThrow(
      expect.objectContaining({
        code: 'invalid-request',
        faults: [expect.objectContaining({ pointer: '?pageToken' })],
      }),
    );
  });
});
