import type { JSX } from 'preact';

import type { CorrelationNode } from '../../correlations/nodes.ts';
import type { TimelineEntry } from '../../correlations/timeline.ts';
import type { CorrelationResource } from '../../correlations/correlation-resource.ts';
import { Icon } from '../parts/icon.tsx';
import { Time } from '../parts/time.tsx';
import { writeRoute } from '../route.ts';
import { nodeIcon } from './case-node.ts';
import { entryTitle } from './case-words.ts';

/** All that happened in one order, whoever did it. */
export function CaseTimeline({
  shown: { timeline, nodes },
  now,
}: {
  readonly shown: CorrelationResource;
  readonly now: number;
}): JSX.Element {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return (
    <ol class="happenings">
      {timeline.map((entry) => (
        <li
          key={`${entry.kind} ${entry.node}`}
          id={entryId(entry)}
          class="happening"
          tabIndex={-1}
          data-entry={entry.kind}
        >
          <Time iso={entry.at} now={now} isPrecise />
          <Icon name={iconOf(entry, byId.get(entry.node))} />
          <span class="happening__title">{entryTitle(entry)}</span>
          <span class="happening__by">
            {entry.kind === 'event' ? (
              <>
                {entry.source} ·{' '}
                <a
                  aria-label={`event (JSON): ${entry.type} at position ${entry.position}`}
                  href={`/v1/events?after=${entry.position - 1}&limit=1`}
                >
                  event (JSON)
                </a>
              </>
            ) : (
              <>
                run <a href={writeRoute({ view: 'run', id: entry.run })}>{entry.run}</a>
              </>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Leads to where a node begins in the timeline. */
export function showEntry(node: string): void {
  const row = document.getElementById(`entry:${node}`);
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
}

function entryId({ kind, node }: TimelineEntry): string {
  return kind === 'run-ended' ? `end:${node}` : `entry:${node}`;
}

function iconOf({ kind }: TimelineEntry, node: CorrelationNode | undefined): ReturnType<typeof nodeIcon> {
  if (kind === 'run-started') return 'running';
  return node === undefined ? 'event' : nodeIcon(node);
}
