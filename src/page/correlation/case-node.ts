import type { CorrelationNode } from '../../correlations/nodes.ts';
import type { IconName } from '../parts/icon.tsx';

/** What a node looks like: that of a state, or of an event with which all is well. */
export function nodeIcon({ kind, status }: Pick<CorrelationNode, 'kind' | 'status'>): IconName {
  if (status === 'overdue') return 'timed-out';
  if (status === 'awaited') return 'waiting';
  return kind === 'event' || status === null ? 'event' : status;
}

/** What is said below the name of a node. Who made an event may be long, so what matters more comes before. */
export function caseNodeNote({ kind, status, source }: CorrelationNode): string {
  if (kind === 'run') return `run · ${status ?? ''}`;
  if (status === 'overdue') return `no reaction · ${source}`;
  return status === 'awaited' ? `reaction awaited · ${source}` : source;
}
