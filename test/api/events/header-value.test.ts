import { expect, it } from 'vitest';

import { decodeHeaderValue } from '../../../src/api/events/header-value.ts';

it.each([
  ['order.placed', 'order.placed'],
  ['', ''],
  ['Euro%20%E2%82%AC%20%F0%9F%98%80', 'Euro € 😀'],
  ['caf%c3%a9', 'café'],
  ['%41', 'A'],
  // One round only.
  ['100%2525', '100%25'],
  // As older versions of the binding wrote it.
  ['two words', 'two words'],
  [String.raw`"a \"quoted\" \\ text"`, String.raw`a "quoted" \ text`],
  ['a "b c" d', 'a b c d'],
  [String.raw`a\b`, String.raw`a\b`],
  ['"%20"', ' '],
])('reads %j as %j', (value, text) => {
  expect(decodeHeaderValue(value)).toEqual({ text });
});

it.each([
  ['100%', /percent sign.*%25/],
  ['%zz', /percent sign/],
  ['%E2%82', /no UTF-8/],
  ['%C0%A0', /no UTF-8/],
  ['%ED%A0%80', /no UTF-8/],
  ['"open', /double quote/],
  ['caf\u00e9', /other characters than ASCII/],
])('refuses %j', (value, message) => {
  expect(decodeHeaderValue(value)).toEqual({ fault: expect.stringMatching(message) as string });
});
