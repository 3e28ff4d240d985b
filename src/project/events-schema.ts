import { z } from 'zod';

import { duration } from '../services/catalogue-schema.ts';
import { filterSchema, subscriptionContentSchema } from './subscription-schema.ts';

const eventType = z.strictObject({
  title: z.string().min(1),
  schema: z.record(z.string(), z.unknown()).exactOptional(),
});

/** Where one begins is told when it is new only; after that it goes on where it stands. */
const subscription = subscriptionContentSchema.extend({
  startAt: z.enum(['now', 'beginning']).default('now'),
});

const typeName = z.string().min(1).max(1_024);

const expectation = z.strictObject({
  after: typeName,
  where: filterSchema.shape.attributes,
  expect: z.array(typeName).min(1, 'must name one type of events at least').max(100),
  within: duration(1),
});

/** The shape of `events.yaml`. */
export const eventsSchema = z.strictObject({
  types: z.record(z.string(), eventType).default({}),
  subscriptions: z.record(z.string(), subscription).default({}),
  expectations: z.record(z.string(), expectation).default({}),
});

export type EventsFile = z.output<typeof eventsSchema>;
