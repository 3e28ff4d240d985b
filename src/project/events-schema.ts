import { z } from 'zod';

const eventType = z.strictObject({
  title: z.string().min(1),
  schema: z.record(z.string(), z.unknown()).exactOptional(),
});

/** The shape of `events.yaml`. */
export const eventsSchema = z.strictObject({
  types: z.record(z.string(), eventType).default({}),
});

export type EventsFile = z.output<typeof eventsSchema>;
