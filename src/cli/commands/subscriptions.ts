import type { SubscriptionList } from '../../core/subscription-resource.ts';
import { createApiClient } from '../client/api-client.ts';
import type { ApiOptions } from '../client/options.ts';
import { subscriptionListText } from '../render/subscription-list-text.ts';
import { openTerminal } from '../terminal.ts';

/** `baton subscriptions`: who gets the events of the log, and who could not take them. */
export async function subscriptionsCommand(options: ApiOptions): Promise<void> {
  const terminal = openTerminal();
  const { text, body } = await createApiClient(options.api).ask<SubscriptionList>('GET', '/v1/subscriptions');
  terminal.print(options.json ? text : subscriptionListText(body.subscriptions, terminal.paint));
}
