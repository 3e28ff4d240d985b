import { didYouMean } from '../services/did-you-mean.ts';
import type { Path } from '../services/json-pointer.ts';
import type { Manifest, ManifestStep } from './manifest-schema.ts';

export interface GraphProblem {
  /** In the manifest. */
  readonly path: Path;
  readonly message: string;
}

/** What is wrong with the declared graph of a process beyond its shape. */
export function graphProblems(manifest: Manifest, operations: readonly string[]): GraphProblem[] {
  const { graph } = manifest;
  return [
    ...graph.flatMap((step, index) => stepProblems(step, { manifest, operations, at: ['graph', index] })),
    ...cycleProblems(graph),
  ];
}

interface StepContext {
  readonly manifest: Manifest;
  readonly operations: readonly string[];
  readonly at: Path;
}

function stepProblems(step: ManifestStep, { manifest, operations, at }: StepContext): GraphProblem[] {
  const names = manifest.graph.map(({ name }) => name);
  const problems: GraphProblem[] = [];
  const add = (field: Path, message: string): void => {
    problems.push({ path: [...at, ...field], message });
  };
  if (names.indexOf(step.name) !== at[1]) add(['name'], `"${step.name}" is the name of another step already`);
  if (step.name.startsWith('undo:')) add(['name'], 'must not begin with "undo:"; undos are named so');
  for (const [index, name] of step.after.entries()) {
    if (!names.includes(name))
      add(['after', index], `"${name}" is no step of the graph${didYouMean(name, names)}`);
  }
  for (const field of ['operation', 'undo'] as const) {
    const name = step[field];
    if (name === undefined) continue;
    if (kindOf(step) !== 'call') add([field], 'is for calls only');
    if (!operations.includes(name)) {
      add([field], `"${name}" is no operation of services.yaml${didYouMean(name, operations)}`);
    }
  }
  if (kindOf(step) === 'call' && step.operation === undefined) {
    add(['operation'], 'is missing; or say "kind: timer", "decision", "emit" or "listen"');
  }
  const decisions = Object.keys(manifest.decisions);
  if (kindOf(step) === 'decision' && !decisions.includes(step.name)) {
    add(
      ['name'],
      `"${step.name}" is none of the decisions of this manifest${didYouMean(step.name, decisions)}`,
    );
  }
  return problems;
}

export function kindOf(step: ManifestStep): NonNullable<ManifestStep['kind']> {
  return step.kind ?? 'call';
}

/** One problem for each way back to a step; a graph that can be drawn has none. */
function cycleProblems(graph: readonly ManifestStep[]): GraphProblem[] {
  const before = new Map(graph.map(({ name, after }) => [name, after]));
  const done = new Set<string>();
  const problems: GraphProblem[] = [];
  const visit = (name: string, trail: readonly string[]): void => {
    if (trail.includes(name)) {
      const cycle = [...trail.slice(trail.indexOf(name)), name].reverse().join(' → ');
      const index = graph.findIndex((step) => step.name === name);
      problems.push({ path: ['graph', index, 'after'], message: `goes round in a circle: ${cycle}` });
      return;
    }
    if (done.has(name)) return;
    for (const previous of before.get(name) ?? []) visit(previous, [...trail, name]);
    done.add(name);
  };
  for (const { name } of graph) visit(name, []);
  return problems;
}
