import { z } from 'zod';

import { BatonError } from '../../core/errors.ts';
import type { StartPosition, Subscription } from '../../events/subscriptions/subscription.ts';
import { findSubscription, listSubscriptions } from '../../events/subscriptions/subscription-state.ts';
import { createSubscription, removeSubscription } from '../../events/subscriptions/subscription-store.ts';
import {
  subscriptionContentSchema,
  subscriptionNameSchema,
  toSubscription,
} from '../../project/subscription-schema.ts';
import { targetProblem } from '../../project/target-problem.ts';
import type { ApiDeps } from '../deps.ts';
import { logOf } from '../events/log-of.ts';
import {
  subscriptionListSchema,
  subscriptionSchema,
  toSubscriptionResource,
} from '../events/subscription-resource.ts';
import { defineRoute, type Route } from '../route.ts';
import { toFault } from '../zod-faults.ts';

const time = z.iso
  .datetime({
    offset: true,
    error: 'must be "now", "beginning", a time such as 2026-01-31T12:00:00Z, or a position',
  })
  .transform((text) => ({ time: new Date(text) }));

/** Where in the log a subscription begins. */
export const startPositionSchema = z
  .union(
    [
      z.enum(['now', 'beginning']),
      time,
      z
        .int()
        .min(0)
        // Whoever names a place names the first event that is wanted; the log is read from behind a position.
        .transform((first) => ({ position: Math.max(0, first - 1) })),
    ],
    { error: 'must be "now", "beginning", a time such as 2026-01-31T12:00:00Z, or a position' },
  )
  .meta({ description: '"now", "beginning", a time, or the position of the first event' });

const requestSchema = subscriptionContentSchema
  .extend({ name: subscriptionNameSchema, startAt: startPositionSchema.default('now') })
  .meta({ id: 'SubscriptionRequest' });

export const subscriptionParams = z.strictObject({ name: subscriptionNameSchema });

/** Who gets which events. */
export function subscriptionRoutes(deps: ApiDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/v1/subscriptions',
      tag: 'Subscriptions',
      summary: 'Subscribe to events',
      description:
        'Deliveries are at least once, and in order for each subject; targets deduplicate by source and id. The same request again ' +
        'changes nothing, wherever the subscription stands by then.',
      body: requestSchema,
      answers: {
        201: { description: 'It is new', schema: subscriptionSchema },
        200: { description: 'It was there already', schema: subscriptionSchema },
      },
      problems: ['subscription-exists', 'database-unavailable', 'event-log-off'],
      handle: async ({ body: { name, startAt, ...content } }) => {
        const subscription = toSubscription(name, content);
        const { database } = logOf(deps);
        refuseUnknownTarget(deps, subscription);
        const isNew = await createSubscription(database, subscription, startAt satisfies StartPosition);
        return {
          status: isNew ? 201 : 200,
          headers: { Location: `/v1/subscriptions/${name}` },
          body: toSubscriptionResource(await findSubscription(database, name)),
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/subscriptions',
      tag: 'Subscriptions',
      summary: 'All subscriptions, and how they are getting on',
      answers: {
        200: {
          description: 'By name',
          schema: subscriptionListSchema,
        },
      },
      problems: ['database-unavailable', 'event-log-off'],
      handle: async () => {
        const subscriptions = await listSubscriptions(logOf(deps).database);
        return { status: 200, body: { subscriptions: subscriptions.map(toSubscriptionResource) } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/subscriptions/{name}',
      tag: 'Subscriptions',
      summary: 'One subscription, and how it is getting on',
      params: subscriptionParams,
      answers: { 200: { description: 'The subscription', schema: subscriptionSchema } },
      problems: ['subscription-not-found', 'database-unavailable', 'event-log-off'],
      handle: async ({ params: { name } }) => ({
        status: 200,
        body: toSubscriptionResource(await findSubscription(logOf(deps).database, name)),
      }),
    }),
    defineRoute({
      method: 'delete',
      path: '/v1/subscriptions/{name}',
      tag: 'Subscriptions',
      summary: 'End a subscription',
      description: 'Its place in the log and its open deliveries go with it. The events stay.',
      params: subscriptionParams,
      answers: { 200: { description: 'As it was at its end', schema: subscriptionSchema } },
      problems: ['subscription-not-found', 'database-unavailable', 'event-log-off'],
      handle: async ({ params: { name } }) => {
        const { database } = logOf(deps);
        const last = await findSubscription(database, name);
        await removeSubscription(database, name);
        return { status: 200, body: toSubscriptionResource(last) };
      },
    }),
  ];
}

/** @throws BatonError `invalid-request` where the target names what the project does not have */
function refuseUnknownTarget({ project }: ApiDeps, { target }: Subscription): void {
  const { catalogue, processes } = project;
  const problem = targetProblem(target, {
    services: Object.keys(catalogue),
    processes: Object.keys(processes),
  });
  if (problem === null) return;
  const fault = toFault(`/target/${problem.path.join('/')}`, problem.message);
  throw new BatonError('invalid-request', fault.message, { faults: [fault] });
}
