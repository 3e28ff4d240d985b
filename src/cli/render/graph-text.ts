import type { DeclaredStep } from '../../core/declared-step.ts';
import { alignColumns, type Cell, cell } from './columns.ts';
import { type GraphNode, orderGraph } from './graph-order.ts';
import type { Paint } from './paint.ts';
import { plainLine } from './plain-text.ts';

/** The declared steps of a process as a tree: what branches is set in, what comes after all branches is not. */
export function graphText(graph: readonly DeclaredStep[], paint: Paint): readonly string[] {
  const { branches, next } = orderGraph(graph);
  return alignColumns([
    ...branchRows(branches, '', paint),
    ...next.flatMap((node) => nodeRows(node, { first: '', further: '' }, paint)),
  ]);
}

/** What stands before a step, and before those below it. */
interface Lead {
  readonly first: string;
  readonly further: string;
}

function nodeRows(
  { step, branches, next }: GraphNode,
  { first, further }: Lead,
  paint: Paint,
): readonly Cell[][] {
  const after = next.flatMap((node) => nodeRows(node, { first: further, further }, paint));
  return [stepCells(step, first, paint), ...branchRows(branches, further, paint), ...after];
}

function branchRows(branches: readonly GraphNode[], lead: string, paint: Paint): Cell[][] {
  return branches.flatMap((node, index) => {
    const isLast = index === branches.length - 1;
    const leads = { first: `${lead}${isLast ? '└─ ' : '├─ '}`, further: `${lead}${isLast ? '   ' : '│  '}` };
    return nodeRows(node, leads, paint);
  });
}

function stepCells(
  { name, kind, operation, each, undo, after }: DeclaredStep,
  lead: string,
  paint: Paint,
): Cell[] {
  const notes = [
    ...(each ? ['for each'] : []),
    ...(after.length > 1 ? [`after ${after.join(', ')}`] : []),
    ...(undo === null ? [] : [`↩ ${undo}`]),
  ];
  const text = plainLine(name);
  return [
    cell(`${lead}${text}`, () => `${paint.dim(lead)}${text}`),
    cell(plainLine(operation ?? kind), paint.dim),
    cell(plainLine(notes.join('  ')), paint.dim),
  ];
}
