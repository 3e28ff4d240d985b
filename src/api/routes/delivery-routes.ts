import { z } from 'zod';

import { BatonError } from '../../core/errors.ts';
import type { Database } from '../../events/database.ts';
import { listDeliveries } from '../../events/subscriptions/open-deliveries.ts';
import {
  pauseSubscription,
  replaySubscription,
  settleParked,
} from '../../events/subscriptions/change-subscription.ts';
import { findSubscription } from '../../events/subscriptions/subscription-state.ts';
import type { ApiDeps } from '../deps.ts';
import { deliveryListSchema } from '../events/delivery-resource.ts';
import { logOf } from '../events/log-of.ts';
import { subscriptionSchema, toSubscriptionResource } from '../events/subscription-resource.ts';
import { type Answer, defineRoute, type Route } from '../route.ts';
import { startPositionSchema, subscriptionParams as params } from './subscription-routes.ts';

const problems = ['subscription-not-found', 'database-unavailable', 'event-log-off'] as const;
const answers = { 200: { description: 'As it is now', schema: subscriptionSchema } };

const settledSchema = z.object({ settled: z.int() });

const settleRequest = z
  .strictObject({
    action: z.enum(['retry', 'skip']).meta({
      description: 'Try the parked events again from their first attempt, or leave them out for good',
    }),
    position: z.int().min(0).optional().meta({ description: 'One of them; left out: all that are parked' }),
  })
  .meta({ id: 'SettleDeliveries' });

/** Steering subscriptions: hold, go on, deliver again, and what to do about events that could not be delivered. */
export function deliveryRoutes(deps: ApiDeps): readonly Route[] {
  const pausing = (action: 'pause' | 'resume', summary: string): Route =>
    defineRoute({
      method: 'post',
      path: `/v1/subscriptions/{name}/${action}`,
      tag: 'Subscriptions',
      summary,
      params,
      answers,
      problems,
      handle: async ({ params: { name } }) => {
        const { database } = logOf(deps);
        await pauseSubscription(database, name, action === 'pause');
        return asItIs(database, name);
      },
    });
  return [
    pausing('pause', 'Hold a subscription; its events wait in the log'),
    pausing('resume', 'Go on with a paused subscription where it stands'),
    defineRoute({
      method: 'post',
      path: '/v1/subscriptions/{name}/replay',
      tag: 'Subscriptions',
      summary: 'Deliver again from a place in the log on',
      description: 'What is open before that place stays open; all from there on comes again.',
      params,
      body: z.strictObject({ from: startPositionSchema }).meta({ id: 'Replay' }),
      answers,
      problems,
      handle: async ({ params: { name }, body: { from } }) => {
        const { database } = logOf(deps);
        await replaySubscription(database, name, from);
        return asItIs(database, name);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/subscriptions/{name}/deliveries',
      tag: 'Subscriptions',
      summary: 'Events that are not delivered yet, with the reason',
      description: 'Only those that failed, and those that wait behind one of their subject.',
      params,
      query: z.strictObject({ state: z.enum(['retrying', 'waiting', 'parked']).optional() }),
      answers: {
        200: {
          description: 'In the order of the log; the first hundred',
          schema: deliveryListSchema,
        },
      },
      problems,
      handle: async ({ params: { name }, query: { state = null } }) => {
        const { database } = logOf(deps);
        await findSubscription(database, name);
        return {
          status: 200,
          body: { deliveries: await listDeliveries(database, name, { state, limit: 100 }) },
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/v1/subscriptions/{name}/deliveries',
      tag: 'Subscriptions',
      summary: 'Settle parked events: try them again, or leave them out',
      params,
      body: settleRequest,
      answers: { 200: { description: 'How many', schema: settledSchema } },
      problems: [...problems, 'nothing-parked'],
      handle: async ({ params: { name }, body: { action, position } }) => {
        const which = position === undefined ? {} : { position };
        const settled = await settleParked(logOf(deps).database, name, { action, ...which });
        if (settled === 0) {
          const what =
            position === undefined ? 'No event of it is parked' : `The event ${position} is not parked`;
          throw new BatonError('nothing-parked', what);
        }
        return { status: 200, body: { settled } };
      },
    }),
  ];
}

async function asItIs(database: Database, name: string): Promise<Answer> {
  return { status: 200, body: toSubscriptionResource(await findSubscription(database, name)) };
}
