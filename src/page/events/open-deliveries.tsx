import type { JSX } from 'preact';

import type { DeliveryList, DeliveryResource } from '../../core/delivery-resource.ts';
import { useAsked } from '../hooks/use-asked.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { OpenDelivery } from './open-delivery.tsx';

interface OpenDeliveriesProps {
  readonly subscription: string;
  readonly state: DeliveryResource['state'];
  /** How many there are; not all of many are shown. */
  readonly count: number;
  readonly now: number;
  readonly onSettled: () => void;
}

const refreshEvery = 3_000;

const titles: Readonly<Record<DeliveryResource['state'], string>> = {
  parked: 'Parked, for a person',
  retrying: 'Tried again by themselves',
  waiting: 'Waiting behind another event of their subject',
};

/** The events of one state that a subscription has not delivered yet. */
export function OpenDeliveries(props: OpenDeliveriesProps): JSX.Element {
  const { subscription, state, count, now, onSettled } = props;
  const path = `/v1/subscriptions/${encodeURIComponent(subscription)}/deliveries?state=${state}`;
  const { value, problem, refresh } = useAsked<DeliveryList>(path, refreshEvery);
  const shown = value?.deliveries ?? [];
  return (
    <section aria-labelledby={`deliveries-${state}`} data-deliveries={state}>
      <h2 id={`deliveries-${state}`}>{titles[state]}</h2>
      {problem !== null && <ProblemNotice problem={problem} />}
      {value === null && problem === null && <p class="quiet">Loading …</p>}
      <ul class="cards">
        {shown.map((delivery) => (
          <li key={delivery.position}>
            <OpenDelivery
              subscription={subscription}
              delivery={delivery}
              now={now}
              onSettled={() => {
                refresh();
                onSettled();
              }}
            />
          </li>
        ))}
      </ul>
      {shown.length > 0 && shown.length < count && (
        <p class="quiet">
          The first {shown.length} of {count}, in the order of the log.
        </p>
      )}
    </section>
  );
}
