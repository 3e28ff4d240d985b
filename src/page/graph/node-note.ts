import type { StepView } from '../../core/run-state.ts';
import type { GraphNode } from './graph-model.ts';
import type { NodeState } from './node-state.ts';

const words: Partial<Readonly<Record<NodeState, string>>> = {
  'to-come': 'to come',
  'not-reached': 'not reached',
  skipped: 'skipped',
  undone: 'undone',
  scheduled: 'waits for a worker',
};

/** What is said below the name of a step, short enough for its box. */
export function nodeNote(node: GraphNode, noteOf: (step: StepView) => string): string {
  const word = words[node.state];
  if (word !== undefined) return word;
  const undo = node.undos.find(({ status }) => status !== 'completed');
  if (undo !== undefined) return `undo: ${noteOf(undo)}`;
  if (node.count > 1) return countsOf(node.steps);
  const step = node.steps.find(({ status }) => status === node.state) ?? node.steps[0];
  if (step === undefined) return '';
  // Until when is told in the timeline, which has the room.
  if (step.kind === 'decision' && step.status === 'waiting') return 'waits for a person';
  return node.undos.length > 0 ? `${step.status}, then undone` : noteOf(step);
}

function countsOf(steps: readonly StepView[]): string {
  const counts = new Map<string, number>();
  for (const { status } of steps) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
}
