import { expect, it } from 'vitest';

import { awaitedText } from '../../src/core/awaited-text.ts';

it('says in a few words which events are awaited', () => {
  expect(awaitedText([{ type: 'packed' }, { type: 'paid', subject: 'A-17' }])).toBe('packed, paid of A-17');
  const attributes = { urgent: true };
  expect(awaitedText([{ type: 'paid', source: '/bank', attributes, data: { by: 'card', n: [1] } }])).toBe(
    'paid from /bank with urgent true and by card and n [1]',
  );
});
