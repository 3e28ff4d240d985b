import { expect, test } from 'vitest';

import { didYouMean } from '../../src/services/did-you-mean.ts';

test.each([
  { name: 'emial', known: ['name', 'email'], ending: '; did you mean email?' },
  { name: 'retries', known: ['timeout', 'retry'], ending: '; did you mean retry?' },
  { name: 'Quantity', known: ['sku', 'quantity'], ending: '; did you mean quantity?' },
  { name: 'id', known: ['is', 'name'], ending: '; did you mean is?' },
  { name: 'colour', known: ['sku', 'quantity'], ending: '; there are: sku, quantity' },
  { name: 'a', known: [], ending: '; there are none' },
])('$name among $known ends with "$ending"', ({ name, known, ending }) => {
  expect(didYouMean(name, known)).toBe(ending);
});
