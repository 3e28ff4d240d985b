import { describe, expect, test } from 'vitest';

import { judge } from '../../../../../../examples/shop/services/shared/events/post-events.ts';

describe('an answer of the event log', () => {
  test.each([
    [200, 'taken'],
    [201, 'taken'],
    [400, 'refused'],
    [413, 'refused'],
    [422, 'refused'],
    [401, 'away'],
    [404, 'away'],
    [408, 'away'],
    [429, 'away'],
    [302, 'away'],
    [500, 'away'],
    [503, 'away'],
  ])('of status %i means %s', (status, kind) => {
    expect(judge(status, 'text').kind).toBe(kind);
  });
});
