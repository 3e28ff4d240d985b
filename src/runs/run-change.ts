import type { RunView, StepView } from '../core/run-state.ts';

type Head = Omit<RunView, 'steps'>;

/** What is new in a run: whole fields, and whole steps in their order. */
export type RunChange = Partial<Head> & { readonly steps: readonly StepView[] };

/**
 * Compares two views of a run.
 *
 * @returns what to lay over `before` to have `after`; `null` when nothing has changed; `all` when steps went away, as
 *   where the run goes on in a new execution
 */
export function changeBetween(before: RunView, after: RunView): RunChange | 'all' | null {
  const known = new Map(before.steps.map((step) => [keyOf(step), JSON.stringify(step)]));
  const kept = after.steps.filter((step) => known.has(keyOf(step)));
  if (kept.length < before.steps.length || before.startedAt !== after.startedAt) return 'all';
  const steps = after.steps.filter((step) => known.get(keyOf(step)) !== JSON.stringify(step));
  const head = headChanges(before, after);
  return steps.length === 0 && Object.keys(head).length === 0 ? null : { ...head, steps };
}

/**
 * Lays a change over a run: fields that changed, and whole steps, each in the place of the one that it was before.
 *
 * @param run a view, or more than one: what the API adds to it stays
 */
export function applyChange<Run extends RunView>(run: Run, { steps: changed, ...head }: RunChange): Run {
  const steps = new Map(run.steps.map((step) => [keyOf(step), step]));
  for (const step of changed) steps.set(keyOf(step), step);
  return { ...run, ...head, steps: [...steps.values()] };
}

function headChanges(
  { steps: _before, ...before }: RunView,
  { steps: _after, ...after }: RunView,
): Partial<Head> {
  const fields = Object.keys(after) as (keyof Head)[];
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return Object.fromEntries(changed.map((field) => [field, after[field]]));
}

/** A decision may have the name of a call. */
function keyOf({ kind, name }: StepView): string {
  return `${kind} ${name}`;
}
