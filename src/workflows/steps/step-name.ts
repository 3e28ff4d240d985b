import { AsyncLocalStorage, workflowInfo } from '@temporalio/workflow';

import { toIdempotencyKey } from '../../core/idempotency-key.ts';
import { StepFailed } from './step-failed.ts';

/** The saga step that is running; calls inside take their names from it. */
interface StepScope {
  readonly name: string;
  /** How often each name was asked for in this try of the step. */
  readonly uses: Map<string, number>;
  /** The names that the calls of the step were given at its first try, by what was asked for. */
  readonly names: Map<string, string>;
}

const scopes = new AsyncLocalStorage<StepScope>();
const given = new Set<string>();
const namesByStep = new Map<string, Map<string, string>>();

/** Marks the step that takes another back; see {@link undoName}. */
const undoPrefix = 'undo:';

/** Room is left for the prefix, a number and a call's own name: Temporal takes activity ids of up to 1,000 bytes. */
const maximumLength = 200;

/** The step that takes `step` back; told apart by its name in Temporal's history. */
export function undoName(step: string): string {
  return `${undoPrefix}${step}`;
}

/**
 * Makes a name unique in the run: the second `notify` is `notify#2`. Names are given in the order in which the process
 * asks for steps, which is the same at every replay.
 *
 * @throws StepFailed `invalid-call` for a name that could not be kept
 */
export function uniqueStepName(wanted: string): string {
  return claim(checked(wanted));
}

/**
 * Runs the body of a saga step. Its calls are named after it, and so again when the step is tried anew by a person: the
 * idempotency keys stay the same, and nothing happens twice.
 */
export function insideStep<T>(name: string, body: () => Promise<T>): Promise<T> {
  const names = namesByStep.get(name) ?? new Map<string, string>();
  namesByStep.set(name, names);
  return scopes.run({ name, uses: new Map(), names }, body);
}

/**
 * The name of a call: what it asks for, or its operation's. Inside a saga step it is the step's own name, and
 * `step/name` for a call that asks for one.
 */
export function nameCall(operation: string, wanted: string | undefined): string {
  const scope = scopes.getStore();
  if (scope === undefined) return uniqueStepName(wanted ?? operation);
  const base = wanted === undefined ? scope.name : `${scope.name}/${checked(wanted)}`;
  const use = (scope.uses.get(base) ?? 0) + 1;
  scope.uses.set(base, use);
  const asked = `${use} ${base}`;
  // The step's own name is given to it already; its first call may have it.
  const name = scope.names.get(asked) ?? (wanted === undefined && use === 1 ? base : claim(base));
  scope.names.set(asked, name);
  return name;
}

/**
 * The idempotency key of a step of this run. It outlives crashes, retries and a reset (which gives the run a new id but
 * keeps the original one), and differs after continue-as-new, where step names begin anew.
 */
export function idempotencyKey(step: string): string {
  return toIdempotencyKey(workflowInfo().originalExecutionRunId, step);
}

/** Gives a name away that no other step of the run has. */
function claim(wanted: string): string {
  let name = wanted;
  for (let use = 2; given.has(name); use += 1) name = `${wanted}#${use}`;
  given.add(name);
  return name;
}

function checked(wanted: string): string {
  const fault = faultOf(wanted);
  if (fault === undefined) return wanted;
  throw new StepFailed(wanted.slice(0, 50), { code: 'invalid-call', message: `the name of a step ${fault}` });
}

function faultOf(name: string): string | undefined {
  if (name.trim() === '') return 'must not be empty';
  if (name.length > maximumLength) return `has ${name.length} characters; ${maximumLength} are allowed`;
  if (name.startsWith(undoPrefix))
    return `must not begin with "${undoPrefix}", which marks what takes a step back`;
  // Half of a surrogate pair has no UTF-8, and so no idempotency key.
  if (/\p{Surrogate}/u.test(name)) return 'must be valid Unicode';
  return undefined;
}
