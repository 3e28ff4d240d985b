import type { StepView } from '../../core/run-state.ts';
import type { GraphEdge, GraphNode } from './graph-model.ts';

/**
 * Leads to nodes that no graph declares from what had ended last when they began, so that they stand where they
 * happened.
 */
export function inferredEdges(undeclared: readonly GraphNode[], all: readonly GraphNode[]): GraphEdge[] {
  return undeclared.flatMap((node) => {
    const began = Math.min(...node.steps.map(startOf));
    const before = all
      .filter((other) => other !== node && other.steps.length > 0)
      .map((other) => ({ id: other.id, ended: Math.max(...other.steps.map(endOf)) }))
      .filter(({ ended }) => ended <= began)
      .toSorted((left, right) => right.ended - left.ended)[0];
    return before === undefined ? [] : [{ from: before.id, to: node.id, isInferred: true }];
  });
}

function startOf({ startedAt }: StepView): number {
  return Date.parse(startedAt);
}

function endOf({ closedAt }: StepView): number {
  return closedAt === null ? Infinity : Date.parse(closedAt);
}
