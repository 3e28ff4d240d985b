import { describe, expect, it } from 'vitest';

import type { StepView } from '../../../src/core/run-state.ts';
import type { GraphNode } from '../../../src/page/graph/graph-model.ts';
import { nodeNote } from '../../../src/page/graph/node-note.ts';
import { step } from '../steps.ts';

const node = (is: Partial<GraphNode>): GraphNode => ({
  ...{ id: 'pay', label: 'pay', kind: 'call', operation: 'shop.pay', isDeclared: true },
  ...{ state: 'completed', steps: [], undos: [], count: 1 },
  ...is,
});
const note = ({ name, status }: StepView): string => `${name} ${status}`;
const approval = step('approval', { kind: 'decision', status: 'waiting' });

describe('the note of a node', () => {
  it.each<[Partial<GraphNode>, string]>([
    [{ state: 'to-come' }, 'to come'],
    [{ steps: [step('pay', { status: 'completed' })] }, 'pay completed'],
    [{ state: 'waiting', steps: [approval] }, 'waits for a person'],
    [
      { count: 2, steps: [step('a', { status: 'completed' }), step('b', { status: 'running' })] },
      '1 completed, 1 running',
    ],
  ])('is short enough for its box: %j', (is, said) => {
    expect(nodeNote(node(is), note)).toBe(said);
  });
});
