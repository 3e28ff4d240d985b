import { describe, expect, it } from 'vitest';

import { Progress } from '../../../src/events/subscriptions/progress.ts';

describe('progress', () => {
  it('is where it began before anything is read', () => {
    expect(new Progress(7).cursor).toBe(7);
  });

  it('stops before the first event that is under way', () => {
    const progress = new Progress(0);
    for (const position of [3, 5, 9]) progress.begin(position);
    progress.readTo(12);
    expect(progress.cursor).toBe(2);
    progress.settle(5);
    expect(progress.cursor).toBe(2);
    progress.settle(3);
    expect(progress.cursor).toBe(8);
    progress.settle(9);
    expect(progress.cursor).toBe(12);
  });

  it('counts what is under way, each event once', () => {
    const progress = new Progress(0);
    for (const position of [1, 2]) progress.begin(position);
    progress.settle(2);
    progress.settle(2);
    expect(progress.underWay).toBe(1);
  });

  it('moves on where nothing fits', () => {
    const progress = new Progress(0);
    progress.readTo(100);
    expect(progress.cursor).toBe(100);
  });
});
