import type { JSX } from 'preact';

import type { RunListItem } from '../../core/run-list.ts';
import { durationText } from '../../core/duration-text.ts';
import { StateBadge } from '../parts/state-badge.tsx';
import { Time } from '../parts/time.tsx';
import { writeRoute } from '../route.ts';

/** Runs in rows; on a narrow screen each is a small card. */
export function RunTable({
  runs,
  now,
}: {
  readonly runs: readonly RunListItem[];
  readonly now: number;
}): JSX.Element {
  if (runs.length === 0) return <p class="quiet">No run is like that.</p>;
  return (
    <table class="runs">
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col">Status</th>
          <th scope="col">Business key</th>
          <th scope="col">Process</th>
          <th scope="col">Started</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        {runs.map(({ id, status, businessKey, process, startedAt, closedAt }) => (
          <tr key={id}>
            <td class="runs__id">
              <a href={writeRoute({ view: 'run', id })}>{id}</a>
            </td>
            <td>
              <StateBadge state={status} />
            </td>
            <td data-label="Business key">{businessKey}</td>
            <td data-label="Process">{process}</td>
            <td data-label="Started">
              <Time iso={startedAt} now={now} />
            </td>
            <td data-label="Took">
              {durationText((closedAt === null ? now : Date.parse(closedAt)) - Date.parse(startedAt))}
              {closedAt === null && ' so far'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
