import type { SubscriptionResource } from '../../core/subscription-resource.ts';
import { filterText, lagText, parkedFirst, targetText } from '../../core/subscription-words.ts';
import { type Cell, cell, tableText } from './columns.ts';
import type { Paint } from './paint.ts';
import { plainLine } from './plain-text.ts';
import { statusStyle } from './status-style.ts';

/** Subscriptions as a table, those with parked events first. */
export function subscriptionListText(subscriptions: readonly SubscriptionResource[], paint: Paint): string {
  if (subscriptions.length === 0) return 'There is no subscription.';
  const rows = parkedFirst(subscriptions).map(({ name, status, open, lag, filter, target }) => {
    const { icon, colour } = statusStyle(status === 'active' ? 'running' : 'paused', paint);
    return [
      cell(plainLine(name), paint.bold),
      cell(`${icon} ${status}`, colour),
      openCell(open, paint),
      cell(lagText(lag)),
      cell(plainLine(filterText(filter))),
      cell(plainLine(targetText(target))),
    ];
  });
  return tableText(['NAME', 'STATUS', 'NOT DELIVERED', 'LAG', 'HEARS', 'TARGET'], rows, paint.dim);
}

function openCell(open: SubscriptionResource['open'], paint: Paint): Cell {
  const { icon, colour } = statusStyle('stuck', paint);
  const counts = (['parked', 'retrying', 'waiting'] as const).filter((state) => open[state] > 0);
  const words = counts.map((state) => `${open[state]} ${state}`).join(', ');
  return open.parked > 0 ? cell(`${icon} ${words}`, colour) : cell(words === '' ? 'none' : words);
}
