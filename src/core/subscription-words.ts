import type { EventFilter } from './event-filter.ts';
import type { SubscriptionResource, SubscriptionTarget } from './subscription-resource.ts';
import { anyOf } from './any-of.ts';

/** What a subscription hears: "order.placed or order.changed of 4711 from /shop with tenant acme". */
export function filterText({ types, source, subject, attributes = {} }: EventFilter): string {
  const conditions = Object.entries(attributes).map(([name, value]) => `${name} ${String(value)}`);
  return [
    types === undefined ? 'every event' : anyOf(types),
    ...(subject === undefined ? [] : [`of ${subject}`]),
    ...(source === undefined ? [] : [`from ${source}`]),
    ...(conditions.length === 0 ? [] : [`with ${conditions.join(' and ')}`]),
  ].join(' ');
}

/** Where its events go. */
export function targetText(target: SubscriptionTarget): string {
  if ('http' in target) return target.http.url;
  if ('service' in target) return `service ${target.service.name}, ${target.service.path}`;
  return `starts process ${target.process.name}`;
}

/** How far it is behind the end of the log. */
export function lagText(lag: number): string {
  if (lag === 0) return 'none';
  return lag === 1 ? '1 event' : `${lag} events`;
}

/** Those that wait for a person first; else in the order that they have. */
export function parkedFirst(subscriptions: readonly SubscriptionResource[]): readonly SubscriptionResource[] {
  const rank = ({ open }: SubscriptionResource): number => (open.parked > 0 ? 0 : 1);
  return subscriptions.toSorted((one, other) => rank(one) - rank(other));
}
