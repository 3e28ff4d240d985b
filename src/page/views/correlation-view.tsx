import type { JSX } from 'preact';

import type { CorrelationResource } from '../../correlations/correlation-resource.ts';
import { CaseGraph } from '../correlation/case-graph.tsx';
import { CaseTimeline } from '../correlation/case-timeline.tsx';
import { awaitedText, metText, overdueText, unseenTexts } from '../correlation/case-words.ts';
import { Undelivered } from '../correlation/undelivered.tsx';
import { waitingTexts } from '../events/delivery-words.ts';
import { useAsked } from '../hooks/use-asked.ts';
import { useNow } from '../hooks/use-now.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { RefreshBar } from '../parts/refresh-bar.tsx';
import { writeRoute } from '../route.ts';

const refreshEvery = 3_000;
const second = 1_000;

/** One business case as a whole: what happened, who reacted to what, and what should have come and did not. */
export function CorrelationView({ businessKey }: { readonly businessKey: string }): JSX.Element {
  const path = `/v1/correlations/${encodeURIComponent(businessKey)}`;
  const asked = useAsked<CorrelationResource>(path, refreshEvery);
  const { value, problem } = asked;
  const now = useNow(second);
  return (
    <>
      <PageHeading title={businessKey}>Case {businessKey}</PageHeading>
      {problem !== null && <ProblemNotice problem={problem} />}
      <RefreshBar asked={asked} now={now}>
        <a href={writeRoute({ view: 'runs', filter: { businessKey } })}>Runs with this key</a>
      </RefreshBar>
      {value !== null && <Case shown={value} now={now} onSettled={asked.refresh} />}
    </>
  );
}

function Case({
  shown,
  now,
  onSettled,
}: {
  readonly shown: CorrelationResource;
  readonly now: number;
  readonly onSettled: () => void;
}): JSX.Element {
  const events = shown.timeline.filter((entry) => entry.kind === 'event');
  const eventAt = new Map(events.map((event) => [event.position, event]));
  const typeAt = (position: number): string => eventAt.get(position)?.type ?? 'an event';
  const failed = shown.deliveries.filter(({ state }) => state !== 'waiting');
  return (
    <>
      {failed.map((delivery) => (
        <Undelivered
          key={`${delivery.subscription} ${delivery.position}`}
          delivery={delivery}
          type={typeAt(delivery.position)}
          hasSubject={eventAt.get(delivery.position)?.subject !== null}
          now={now}
          onSettled={onSettled}
        />
      ))}
      {waitingTexts(shown.deliveries, typeAt).map((text) => (
        <p key={text} class="quiet" data-undelivered="waiting">
          {text}
        </p>
      ))}
      <Reactions shown={shown} now={now} />
      {unseenTexts(shown.seen).map((text) => (
        <p key={text} class="notice notice--stall">
          {text}
        </p>
      ))}
      {shown.nodes.length === 0 ? (
        <p class="quiet">Nothing that can be seen carries this key yet.</p>
      ) : (
        <>
          <section aria-labelledby="graph">
            <h2 id="graph">Who reacted to what</h2>
            <CaseGraph shown={shown} />
          </section>
          <section aria-labelledby="timeline">
            <h2 id="timeline">Timeline</h2>
            <CaseTimeline shown={shown} now={now} />
          </section>
        </>
      )}
    </>
  );
}

/** What should come and has not, what is late first; then how much has come. */
function Reactions({
  shown: { expectations },
  now,
}: {
  readonly shown: CorrelationResource;
  readonly now: number;
}): JSX.Element {
  const overdue = expectations.filter(({ status }) => status === 'overdue');
  const awaited = expectations.filter(({ status }) => status === 'awaited');
  const came = metText(expectations);
  return (
    <>
      {overdue.length > 0 && (
        <div class="notice notice--problem" data-overdue={overdue.length}>
          <strong>An expected reaction did not come</strong>
          <ul>
            {overdue.map((one) => (
              <li key={`${one.rule} ${one.event}`}>{overdueText(one, now)}</li>
            ))}
          </ul>
        </div>
      )}
      {awaited.map((one) => (
        <p key={`${one.rule} ${one.event}`} class="quiet" data-awaited={one.rule}>
          {awaitedText(one, now)}
        </p>
      ))}
      {came !== null && <p class="quiet">{came}</p>}
    </>
  );
}
