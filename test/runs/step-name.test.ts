import { describe, expect, it } from 'vitest';

import { stepName, summaryOf, summaryOrNumber } from '../../src/runs/step-name.ts';
import { event, payload, summary } from './events.ts';

const plain = event(1, {});
const named = event(1, summary('charge the card'));

describe('the name of a call', () => {
  it.each([
    { what: 'its id, where a step gave one', one: named, id: 'charge', name: 'charge' },
    { what: 'its type and number', one: plain, id: '7', name: 'payment.charge#7' },
    {
      what: 'its summary and number, for several may have it',
      one: named,
      id: '7',
      name: 'charge the card#7',
    },
    { what: 'its type where there is no id', one: plain, id: '', name: 'payment.charge#' },
  ])('is $what', ({ one, id, name }) => {
    expect(stepName(one, id, 'payment.charge')).toBe(name);
  });
});

describe('the name of what Temporal numbers always', () => {
  it('is its summary, or else its type and number', () => {
    expect(summaryOrNumber(named, '7', 'timer')).toBe('charge the card');
    expect(summaryOrNumber(plain, '7', 'timer')).toBe('timer#7');
  });
});

describe('a summary', () => {
  it.each([
    ['a text', 'reserve', 'reserve'],
    ['an empty text', '', null],
    ['no text', 7, null],
  ])('that is %s', (_case, value, read) => {
    expect(summaryOf(event(1, { userMetadata: { summary: payload(value) } }))).toBe(read);
  });
});
