import type { JSX } from 'preact';

import type { RunResource } from '../../core/run-resource.ts';
import { durationText } from '../../core/duration-text.ts';
import { isOpen } from '../../runs/run-status.ts';
import { wayOn } from '../../runs/way-on.ts';
import { offersFor } from '../api/run-actions.ts';
import type { Connection } from '../live/follow-run.ts';
import { StateBadge } from '../parts/state-badge.tsx';
import { Time } from '../parts/time.tsx';
import { writeRoute } from '../route.ts';
import { Fact } from '../timeline/step-details.tsx';
import { StartAnew } from './start-anew.tsx';
import { SteeringBar } from './steering-bar.tsx';

interface RunHeaderProps {
  readonly run: RunResource;
  readonly now: number;
  readonly onSteered: () => void;
}

/** What is to be known of a run at once, and what can be done with it. */
export function RunHeader({ run, now, onSteered }: RunHeaderProps): JSX.Element {
  const { process, status, businessKey, parent, version, startedAt, closedAt, links } = run;
  const length = (closedAt === null ? now : Date.parse(closedAt)) - Date.parse(startedAt);
  return (
    <div class="run-header">
      <dl class="facts">
        <Fact name="Status">
          <span role="status" data-run-status={status}>
            <StateBadge state={status} />
          </span>
        </Fact>
        <Fact name="Process">
          <a href={writeRoute({ view: 'runs', filter: { process } })}>{process}</a>
        </Fact>
        {version !== null && <Fact name="Version">{version}</Fact>}
        {parent !== null && (
          <Fact name="Started by">
            <a href={writeRoute({ view: 'run', id: parent.id })}>{parent.id}</a>
          </Fact>
        )}
        {businessKey !== null && (
          <Fact name="Business key">
            <a href={writeRoute({ view: 'correlation', key: businessKey })}>{businessKey}</a>
          </Fact>
        )}
        <Fact name="Started">
          <Time iso={startedAt} now={now} />
        </Fact>
        {closedAt !== null && (
          <Fact name="Ended">
            <Time iso={closedAt} now={now} />
          </Fact>
        )}
        <Fact name={closedAt === null ? 'Running for' : 'Took'}>{durationText(length)}</Fact>
      </dl>
      <div class="run-header__actions">
        <SteeringBar run={run} offers={offersFor(run)} onDone={onSteered}>
          {!isOpen(status) && <StartAnew run={run} isOnlyWay={wayOn(run) === 'start-anew'} />}
        </SteeringBar>
        <div class="links">
          {links.temporalUi !== null && (
            <a href={links.temporalUi} target="_blank" rel="noreferrer">
              Temporal’s Web UI
            </a>
          )}
          <a href={links.history}>History (JSON)</a>
        </div>
      </div>
    </div>
  );
}

const words: Readonly<Record<Connection['state'], string>> = {
  connecting: 'connecting',
  live: 'live',
  reconnecting: 'reconnecting',
  away: 'not seen',
  ended: 'ended',
};

/** Whether what is shown is what is. */
export function ConnectionState({ connection: { state } }: { readonly connection: Connection }): JSX.Element {
  return (
    <span class={`connection connection--${state}`} data-connection={state} role="status">
      {words[state]}
    </span>
  );
}
