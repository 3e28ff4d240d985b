import { describe, expect, it } from 'vitest';

import { addTaken } from '../../../src/workflows/steps/taken-positions.ts';

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('what a run has taken of the log', () => {
  it('is remembered one by one, once each, in order', () => {
    expect(addTaken({ floor: null, positions: [5] }, [9, 5, 7])).toEqual({
      floor: null,
      positions: [5, 7, 9],
    });
    expect(addTaken({ floor: 3, positions: [5] }, [4])).toEqual({ floor: 3, positions: [4, 5] });
  });

  it('leaves the earliest behind when there are very many, and all before it', () => {
    const many = addTaken({ floor: null, positions: [] }, range(1, 500));
    expect(many).toEqual({ floor: null, positions: range(1, 500) });
    expect(addTaken(many, [600, 700])).toEqual({ floor: 2, positions: [...range(3, 500), 600, 700] });
  });
});
