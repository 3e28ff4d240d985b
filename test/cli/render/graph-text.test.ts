import { describe, expect, it } from 'vitest';

import type { DeclaredStep } from '../../../src/core/declared-step.ts';
import { graphText } from '../../../src/cli/render/graph-text.ts';
import { createPaint } from '../../../src/cli/render/paint.ts';

const step = (
  name: string,
  after: readonly string[] = [],
  more: Partial<DeclaredStep> = {},
): DeclaredStep => ({
  ...{ name, kind: 'call', operation: `s.${name}`, after, undo: null, each: false },
  ...more,
});
const text = (...graph: DeclaredStep[]): readonly string[] => graphText(graph, createPaint(false));

describe('the text of a graph', () => {
  it('is a list where one step follows another', () => {
    expect(
      text(
        step('a', [], { each: true, undo: 's.z' }),
        step('b', ['a'], { kind: 'decision', operation: null }),
        step('c', ['b']),
      ),
    ).toEqual(['a  s.a       for each  ↩ s.z', 'b  decision', 'c  s.c']);
  });

  it('sets branches in, and comes back where they meet', () => {
    expect(
      text(
        step('a'),
        step('b', ['a']),
        step('c', ['b']),
        step('d', ['a']),
        step('e', ['c', 'd']),
        step('f', ['e']),
      ),
    ).toEqual(['a     s.a', '├─ b  s.b', '│  c  s.c', '└─ d  s.d', 'e     s.e  after c, d', 'f     s.f']);
  });

  it('has branches within branches', () => {
    expect(
      text(step('a'), step('b', ['a']), step('c', ['b']), step('d', ['b']), step('e', ['a'])).map((line) =>
        line.replace(/ +s\..*/, ''),
      ),
    ).toEqual(['a', '├─ b', '│  ├─ c', '│  └─ d', '└─ e']);
  });

  it('begins with branches where several steps come first', () => {
    expect(
      text(step('a'), step('b'), step('c', ['a', 'b'])).map((line) => line.replace(/ +s\..*/, '')),
    ).toEqual(['├─ a', '└─ b', 'c']);
  });

  it('loses no step of a graph that a newer API might send', () => {
    const lines = text(step('a', ['c']), step('b', ['a']), step('c', ['b']), step('d', ['unknown']));
    expect(lines).toHaveLength(4);
  });
});
