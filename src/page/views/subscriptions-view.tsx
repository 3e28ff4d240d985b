import type { JSX } from 'preact';

import type { SubscriptionList } from '../../core/subscription-resource.ts';
import { SubscriptionProblem } from '../events/subscription-problem.tsx';
import { SubscriptionTable } from '../events/subscription-table.tsx';
import { useAsked } from '../hooks/use-asked.ts';
import { useNow } from '../hooks/use-now.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { RefreshBar } from '../parts/refresh-bar.tsx';

const refreshEvery = 5_000;
const second = 1_000;

/** Who gets the events of the log, and who could not take them. */
export function SubscriptionsView(): JSX.Element {
  const asked = useAsked<SubscriptionList>('/v1/subscriptions', refreshEvery);
  const { value, problem } = asked;
  const now = useNow(second);
  return (
    <>
      <PageHeading title="Events">Subscriptions to events</PageHeading>
      {problem !== null && <SubscriptionProblem problem={problem} />}
      <RefreshBar asked={asked} now={now} />
      {value !== null && <SubscriptionTable subscriptions={value.subscriptions} />}
    </>
  );
}
