import type { JSX } from 'preact';

import type { SubscriptionResource } from '../../core/subscription-resource.ts';
import { OpenCounts, openStates, SubscriptionBadge } from '../events/open-counts.tsx';
import { OpenDeliveries } from '../events/open-deliveries.tsx';
import { Pausing } from '../events/pausing.tsx';
import { SubscriptionProblem } from '../events/subscription-problem.tsx';
import { filterText, lagText, targetText } from '../../core/subscription-words.ts';
import { useAsked } from '../hooks/use-asked.ts';
import { useNow } from '../hooks/use-now.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { RefreshBar } from '../parts/refresh-bar.tsx';
import { Time } from '../parts/time.tsx';
import { writeRoute } from '../route.ts';
import { Fact } from '../timeline/step-details.tsx';

const refreshEvery = 3_000;
const second = 1_000;

/** One subscription: what it hears, where it stands, and the events that its target has not taken. */
export function SubscriptionView({ name }: { readonly name: string }): JSX.Element {
  const asked = useAsked<SubscriptionResource>(`/v1/subscriptions/${encodeURIComponent(name)}`, refreshEvery);
  const { value, problem, refresh } = asked;
  const now = useNow(second);
  return (
    <>
      <PageHeading title={name}>Subscription {name}</PageHeading>
      {problem !== null && <SubscriptionProblem problem={problem} />}
      <RefreshBar asked={asked} now={now}>
        <a href={writeRoute({ view: 'subscriptions' })}>All subscriptions</a>
      </RefreshBar>
      {value !== null && <Subscription shown={value} now={now} onChanged={refresh} />}
    </>
  );
}

function Subscription({
  shown,
  now,
  onChanged,
}: {
  readonly shown: SubscriptionResource;
  readonly now: number;
  readonly onChanged: () => void;
}): JSX.Element {
  const { name, status, filter, target, lag, open, createdAt } = shown;
  const present = openStates.filter((state) => open[state] > 0);
  return (
    <>
      <div class="run-header">
        <dl class="facts">
          <Fact name="Status">
            <span role="status" data-subscription-status={status}>
              <SubscriptionBadge status={status} />
            </span>
          </Fact>
          <Fact name="Not delivered">
            <div role="status">
              <OpenCounts open={open} />
            </div>
          </Fact>
          <Fact name="Lag">{lagText(lag)}</Fact>
          <Fact name="Hears">{filterText(filter)}</Fact>
          <Fact name="Target">{targetText(target)}</Fact>
          <Fact name="Created">
            <Time iso={createdAt} now={now} />
          </Fact>
        </dl>
        <Pausing subscription={shown} onDone={onChanged} />
      </div>
      {status === 'paused' && (
        <p class="quiet">It is held: its events wait in the log until it is resumed.</p>
      )}
      {present.length === 0 && <p class="quiet">No event of it has failed or waits.</p>}
      {present.map((state) => (
        <OpenDeliveries
          key={state}
          subscription={name}
          state={state}
          count={open[state]}
          now={now}
          onSettled={onChanged}
        />
      ))}
    </>
  );
}
