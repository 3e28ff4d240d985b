import type { JSX } from 'preact';

import type { DeliveryResource } from '../../core/delivery-resource.ts';
import type { SubscriptionResource } from '../../core/subscription-resource.ts';
import type { IconName } from '../parts/icon.tsx';
import { StateBadge } from '../parts/state-badge.tsx';

/** States of a delivery that is open, what needs a person first. */
export const openStates = ['parked', 'retrying', 'waiting'] as const;

const icons: Readonly<Record<DeliveryResource['state'], IconName>> = {
  parked: 'stuck',
  retrying: 'waiting',
  waiting: 'scheduled',
};

/** How many events of a subscription are open, by state. */
export function OpenCounts({ open }: Pick<SubscriptionResource, 'open'>): JSX.Element {
  const present = openStates.filter((state) => open[state] > 0);
  if (present.length === 0) return <>none</>;
  return (
    <ul class="open-counts">
      {present.map((state) => (
        <li key={state} data-open={state}>
          <StateBadge state={icons[state]} text={`${open[state]} ${state}`} />
        </li>
      ))}
    </ul>
  );
}

/** The state of a delivery as icon and word. */
export function DeliveryBadge({ state }: Pick<DeliveryResource, 'state'>): JSX.Element {
  return <StateBadge state={icons[state]} text={state} />;
}

/** Whether a subscription is at work, as icon and word. */
export function SubscriptionBadge({ status }: Pick<SubscriptionResource, 'status'>): JSX.Element {
  return <StateBadge state={status === 'active' ? 'running' : 'paused'} text={status} />;
}
