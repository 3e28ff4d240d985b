import type { JSX } from 'preact';

import type { SubscriptionResource } from '../../core/subscription-resource.ts';
import { writeRoute } from '../route.ts';
import { OpenCounts, SubscriptionBadge } from './open-counts.tsx';
import { filterText, lagText, parkedFirst, targetText } from '../../core/subscription-words.ts';

/** Subscriptions in rows, those with parked events first; on a narrow screen each is a small card. */
export function SubscriptionTable({
  subscriptions,
}: {
  readonly subscriptions: readonly SubscriptionResource[];
}): JSX.Element {
  if (subscriptions.length === 0) return <p class="quiet">There is no subscription.</p>;
  return (
    <table class="runs subscriptions">
      <thead>
        <tr>
          <th scope="col">Subscription</th>
          <th scope="col">Status</th>
          <th scope="col">Not delivered</th>
          <th scope="col">Lag</th>
          <th scope="col">Hears</th>
          <th scope="col">Target</th>
        </tr>
      </thead>
      <tbody>
        {parkedFirst(subscriptions).map(({ name, status, open, lag, filter, target }) => (
          <tr key={name} class={open.parked > 0 ? 'runs__parked' : ''} data-subscription={name}>
            <td class="runs__id">
              <a href={writeRoute({ view: 'subscription', name })}>{name}</a>
            </td>
            <td>
              <SubscriptionBadge status={status} />
            </td>
            <td data-label="Not delivered">
              <OpenCounts open={open} />
            </td>
            <td data-label="Lag" class="runs__lag">
              {lagText(lag)}
            </td>
            <td data-label="Hears" class="runs__words">
              {filterText(filter)}
            </td>
            <td data-label="Target" class="runs__words">
              {targetText(target)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
