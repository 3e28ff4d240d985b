import type { StepKind } from '../core/run-state.ts';
import { isJsonObject, type Json } from '../core/json.ts';
import { eventActivities } from '../core/run-events.ts';

type ActivityKind = Extract<StepKind, 'call' | 'emit' | 'listen'>;

/** What kind of step an activity is of, by its type. */
export function activityKind(type: string): ActivityKind {
  if (type === eventActivities.emit) return 'emit';
  return type === eventActivities.listen ? 'listen' : 'call';
}

/** Kinds of steps that are tried again and again, and fail for good when that was of no use. */
export function isTried(kind: StepKind): boolean {
  return kind === 'call' || kind === 'emit' || kind === 'listen';
}

/**
 * What a step is about beside its kind: `service.operation` of a call, the type of the event that one emits.
 *
 * @param said the argument of its activity, what that gave back, or the details of its failure
 * @returns `null` where it does not tell
 */
export function activitySubject(type: string, said: Json): string | null {
  const kind = activityKind(type);
  if (kind === 'call') return type;
  if (kind === 'listen' || !isJsonObject(said)) return null;
  const { event = said } = said;
  return isJsonObject(event) && typeof event['type'] === 'string' ? event['type'] : null;
}
