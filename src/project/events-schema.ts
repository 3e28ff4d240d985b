import { z } from 'zod';

import { subscriptionContentSchema } from './subscription-schema.ts';

const eventType = z.strictObject({
  title: z.string().min(1),
  schema: z.record(z.string(), z.unknown()).exactOptional(),
});

/** Where one begins is told when it is new only; after that it goes on where it stands. */
const subscription = subscriptionContentSchema.extend({
  startAt: z.enum(['now', 'beginning']).default('now'),
});

/** The shape of `events.yaml`. */
export const eventsSchema = z.strictObject({
  types: z.record(z.string(), eventType).default({}),
  subscriptions: z.record(z.string(), subscription).default({}),
});

export type EventsFile = z.output<typeof eventsSchema>;
