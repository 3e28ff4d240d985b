import { describe, expect, it } from 'vitest';

import { graphOf } from '../../../src/page/graph/graph-model.ts';
import { layOut, pathThrough } from '../../../src/page/graph/graph-layout.ts';
import { declare, step } from '../steps.ts';

const model = graphOf(
  [
    declare('reserve', { each: true }),
    declare('pay', { after: ['reserve'] }),
    declare('ship', { after: ['pay'] }),
  ],
  { status: 'running', steps: [step('reserve tea'), step('reserve cup')] },
);

describe('the layout of a graph', () => {
  it.each(['across', 'down'] as const)('keeps nodes apart and within it, %s', (direction) => {
    const { places, width, height, node } = layOut(model, direction);
    const all = [...places.values()];
    expect(all).toHaveLength(4);
    for (const { x, y } of all) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + node.width).toBeLessThanOrEqual(width);
      expect(y + node.height).toBeLessThanOrEqual(height);
      const near = all.filter(
        (other) => Math.abs(other.x - x) < node.width && Math.abs(other.y - y) < node.height,
      );
      expect(near).toHaveLength(1);
    }
  });

  it('goes the way it is told', () => {
    const place = (direction: 'across' | 'down', id: string) =>
      layOut(model, direction).places.get(id) ?? expect.fail(`${id} has no place`);
    expect(place('across', 'ship').x).toBeGreaterThan(place('across', 'pay').x);
    expect(place('down', 'ship').y).toBeGreaterThan(place('down', 'pay').y);
  });

  it.each([
    ['across', 'y'],
    ['down', 'x'],
  ] as const)('has what is in one rank in the order in which it is given, %s', (direction, abreast) => {
    const ids = ['first', 'second', 'third'];
    const star = {
      nodes: ['centre', ...ids].map((id) => ({ id })),
      edges: ids.map((id) => ({ from: 'centre', to: id })),
    };
    const { places, edges, node } = layOut(star, direction);
    const along = ids.map((id) => places.get(id)?.[abreast] ?? 0);
    expect(along).toEqual(along.toSorted((one, other) => one - other));
    const half = (abreast === 'y' ? node.height : node.width) / 2;
    expect(edges.map(({ points }) => points.at(-1)?.[abreast])).toEqual(along.map((place) => place + half));
  });

  it('fits two abreast on a telephone', () => {
    expect(layOut(model, 'down').width).toBeLessThanOrEqual(360 - 24 - 10);
  });

  it('leads an edge from node to node', () => {
    const { edges } = layOut(model, 'across');
    expect(edges).toHaveLength(3);
    for (const { points } of edges) {
      expect(points.length).toBeGreaterThan(1);
      expect(pathThrough(points)).toMatch(/^M[\d.]+ [\d.]+ .*L[\d.]+ [\d.]+$/);
    }
  });

  it('has nothing to place in an empty graph', () => {
    expect(layOut({ nodes: [], edges: [] }, 'across').places.size).toBe(0);
    expect(pathThrough([])).toBe('');
  });
});
