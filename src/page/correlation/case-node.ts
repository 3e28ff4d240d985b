import type { RunStatus } from '../../core/run-state.ts';
import type { CorrelationNode } from '../../correlations/nodes.ts';
import type { NodeState } from '../graph/node-state.ts';

/** What a node looks like: that of a state, or of an event with which all is well. */
export function nodeIcon({
  kind,
  status,
}: Pick<CorrelationNode, 'kind' | 'status'>): NodeState | RunStatus | 'event' {
  if (status === 'parked') return 'stuck';
  if (status === 'overdue') return 'timed-out';
  if (status === 'awaited' || status === 'retrying') return 'waiting';
  return kind === 'event' || status === null ? 'event' : status;
}

/** What is said below the name of a node: who made the event, or how the run is. */
export function caseNodeNote({
  kind,
  status,
  source,
}: Pick<CorrelationNode, 'kind' | 'status' | 'source'>): string {
  return kind === 'run' ? `run · ${status ?? ''}` : source;
}

/** What an icon alone says of an event, in words. */
export function reactionWords({ status }: Pick<CorrelationNode, 'status'>): string | null {
  if (status === 'parked') return 'a subscription could not deliver it: it waits for a person';
  if (status === 'retrying') return 'a subscription tries again to deliver it';
  if (status === 'overdue') return 'an expected reaction did not come';
  return status === 'awaited' ? 'a reaction is expected' : null;
}
