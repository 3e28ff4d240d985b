import { z } from 'zod';

import {
  type Subscription,
  defaultDeliveryPolicy,
  type Target,
} from '../events/subscriptions/subscription.ts';
import { retrySchema } from '../services/catalogue-schema.ts';

/** Of a subscription, and of an expectation. */
export const subscriptionNameSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,99}$/,
    'may hold 1 to 100 of a to z, 0 to 9, ".", "_" and "-", a letter or digit first',
  )
  .meta({ example: 'loyalty' });

const attributeName = z
  .string()
  .regex(/^[a-z0-9]+$/, 'is no name of an attribute: it may hold a to z and 0 to 9');
const text = z.string().min(1, { abort: true }).max(1_024);

export const filterSchema = z
  .strictObject({
    types: z.array(text).min(1, 'must name one type at least; leave it out for all').max(100).exactOptional(),
    source: text.exactOptional(),
    subject: text.exactOptional(),
    attributes: z.record(attributeName, z.union([z.string(), z.number(), z.boolean()])).exactOptional(),
  })
  .meta({ description: 'Every part must fit; without any, all events do' });

const secretSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable of the deliverers')
  .exactOptional()
  .meta({
    description:
      'Names the environment variable of the deliverers whose value requests are signed with (RFC 9421)',
  });

const httpTarget = z.strictObject({
  http: z.strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' })
      .max(2_000),
    secret: secretSchema,
  }),
});
const serviceTarget = z.strictObject({
  service: z.strictObject({
    name: text.meta({ description: 'A service of the catalogue' }),
    path: z
      .string()
      .regex(/^\/[\x21-\x7e]*$/, 'must begin with / and be ASCII without spaces')
      .max(1_000),
    secret: secretSchema,
  }),
});
const processTarget = z.strictObject({
  process: z.strictObject({ name: text.meta({ description: 'A process to start, with the data as input' }) }),
});

const targetSchema = z.union([httpTarget, serviceTarget, processTarget], {
  error: 'must have one of: http {url, secret?}, service {name, path, secret?}, process {name}',
});

/** What makes a subscription, by REST and in a project's events.yaml. */
export const subscriptionContentSchema = z.strictObject({
  filter: filterSchema.default({}),
  target: targetSchema,
  retry: retrySchema.default({}),
});

export type SubscriptionContent = z.output<typeof subscriptionContentSchema>;

/** Fills in what was left out. */
export function toSubscription(name: string, { filter, target, retry }: SubscriptionContent): Subscription {
  return {
    name,
    filter,
    target: toTarget(target),
    retry: { ...defaultDeliveryPolicy, ...retry },
  };
}

function toTarget(target: SubscriptionContent['target']): Target {
  if ('process' in target) return { kind: 'process', process: target.process.name };
  if ('http' in target) return { kind: 'http', url: target.http.url, secret: target.http.secret ?? null };
  const { name, path, secret } = target.service;
  return { kind: 'service', service: name, path, secret: secret ?? null };
}
