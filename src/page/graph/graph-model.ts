import type { StepView } from '../../core/run-state.ts';
import type { DeclaredStep } from '../../core/declared-step.ts';
import type { RunResource } from '../../core/run-resource.ts';
import { isOpen } from '../../runs/run-status.ts';
import { inferredEdges } from './inferred-edges.ts';
import { type NodeState, stateOf } from './node-state.ts';
import { matchStep, sagaStepOf } from './step-match.ts';

export interface GraphNode {
  readonly id: string;
  readonly label: string;
  readonly kind: StepView['kind'];
  /** `service.operation` of a call. */
  readonly operation: string | null;
  readonly state: NodeState;
  /** The run's steps that it stands for. */
  readonly steps: readonly StepView[];
  readonly undos: readonly StepView[];
  readonly isDeclared: boolean;
  /** How many steps that run for each of something it stands for. */
  readonly count: number;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** Not declared, but read off the order in which the steps ran. */
  readonly isInferred: boolean;
}

export interface GraphModel {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

type Run = Pick<RunResource, 'status' | 'steps'>;

/** So many steps of one `each` are drawn apart; more are one node. */
const drawnApart = 6;

/** Puts the declared graph of a process and the steps of one of its runs together. */
export function graphOf(declared: readonly DeclaredStep[], run: Run): GraphModel {
  const steps = run.steps.filter(({ undoes }) => undoes === null);
  const undos = run.steps.filter(({ undoes }) => undoes !== null);
  const groups = declared.map((step) => ({ step, nodes: nodesOf(step, { declared, steps, undos }) }));
  const undeclared = steps
    .filter((step) => matchStep(step, declared) === null)
    .map((step) => alone(step, undos));
  const begun = [...groups.flatMap(({ nodes }) => nodes), ...undeclared];
  const known = new Set(begun.flatMap((node) => node.undos));
  const strayUndos = undos.filter((undo) => !known.has(undo)).map((undo) => alone(undo, []));

  const reached = stepsBefore(
    groups.filter(({ nodes }) => nodes.length > 0).map(({ step }) => step),
    declared,
  );
  const all = groups.map(({ step, nodes }) =>
    nodes.length > 0 ? { step, nodes } : { step, nodes: [unbegun(step, { run, reached })] },
  );
  const others = [...undeclared, ...strayUndos];
  const nodes = [...all.flatMap((group) => group.nodes), ...others];
  return { nodes, edges: [...declaredEdges(all), ...inferredEdges(others, nodes)] };
}

interface Material {
  readonly declared: readonly DeclaredStep[];
  readonly steps: readonly StepView[];
  readonly undos: readonly StepView[];
}

/** The nodes of a declared step that has begun: one, or one for each of what it runs for. */
function nodesOf(step: DeclaredStep, { declared, steps, undos }: Material): GraphNode[] {
  const instances = new Map<string, StepView[]>();
  for (const view of steps) {
    const match = matchStep(view, declared);
    if (match?.declared !== step) continue;
    instances.set(match.instance, [...(instances.get(match.instance) ?? []), view]);
  }
  const node = (label: string, views: readonly StepView[], count: number): GraphNode => {
    const taking = undosOf(views, undos);
    return {
      id: label === step.name ? step.name : `${step.name}\n${label}`,
      label,
      kind: step.kind,
      operation: step.operation,
      state: stateOf(views, taking),
      steps: views,
      undos: taking,
      isDeclared: true,
      count,
    };
  };
  if (instances.size <= drawnApart) return [...instances].map(([label, views]) => node(label, views, 1));
  return [node(step.name, [...instances.values()].flat(), instances.size)];
}

function undosOf(steps: readonly StepView[], undos: readonly StepView[]): StepView[] {
  const names = new Set(steps.flatMap(({ name }) => [name, sagaStepOf(name)]));
  return undos.filter(({ undoes }) => undoes !== null && names.has(undoes));
}

function alone(step: StepView, undos: readonly StepView[]): GraphNode {
  const taking = undosOf([step], undos);
  return {
    id: `${step.kind}\n${step.name}`,
    label: step.name,
    kind: step.kind,
    operation: [step.service, step.operation].filter((part) => part !== null).join('.') || null,
    state: stateOf([step], taking),
    steps: [step],
    undos: taking,
    isDeclared: false,
    count: 1,
  };
}

function unbegun(
  step: DeclaredStep,
  { run, reached }: { readonly run: Run; readonly reached: ReadonlySet<string> },
): GraphNode {
  // Once a run takes back what it did, it goes no further.
  const goesOn = isOpen(run.status) && run.steps.every(({ undoes }) => undoes === null);
  return {
    id: step.name,
    label: step.name,
    kind: step.kind,
    operation: step.operation,
    state: reached.has(step.name) ? 'skipped' : goesOn ? 'to-come' : 'not-reached',
    steps: [],
    undos: [],
    isDeclared: true,
    count: 1,
  };
}

/** Names of all steps that come before one of these: without a step in the run, they were passed over. */
function stepsBefore(steps: readonly DeclaredStep[], declared: readonly DeclaredStep[]): ReadonlySet<string> {
  const before = new Set<string>();
  const open = steps.flatMap(({ after }) => [...after]);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (before.has(name)) continue;
    before.add(name);
    open.push(...(declared.find((step) => step.name === name)?.after ?? []));
  }
  return before;
}

function declaredEdges(
  groups: readonly { readonly step: DeclaredStep; readonly nodes: readonly GraphNode[] }[],
): GraphEdge[] {
  const nodesByName = new Map(groups.map(({ step, nodes }) => [step.name, nodes]));
  return groups.flatMap(({ step, nodes }) =>
    step.after.flatMap((name) =>
      (nodesByName.get(name) ?? []).flatMap(({ id: from }) =>
        nodes.map(({ id: to }) => ({ from, to, isInferred: false })),
      ),
    ),
  );
}
