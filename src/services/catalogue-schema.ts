import { z } from 'zod';

import { isDuration, toMilliseconds } from '../core/duration.ts';
import { show } from './check-shape.ts';

/** Names of services and operations: they become parts of activity types, idempotency keys and generated types. */
export const namePattern = /^[a-z][a-zA-Z0-9-]*$/;

const text = z.string().min(1);

/**
 * A length of time as people write it; milliseconds once it is read.
 *
 * @param least in milliseconds
 */
export function duration(least: number): z.ZodType<number> {
  return z
    .custom<string | number>(isDuration, {
      error: ({ input }) =>
        input === undefined
          ? undefined
          : `must be a duration such as "500 ms", "30 s" or "24 h", not ${show(input)}`,
    })
    .transform(toMilliseconds)
    .refine((milliseconds) => milliseconds >= least, { error: 'must be longer than nothing' })
    .meta({ type: ['string', 'number'], example: '30 s' });
}

/** How something is tried again, as people write it. */
export const retrySchema = z.strictObject({
  initialInterval: duration(1).exactOptional(),
  backoff: z.number().min(1).exactOptional(),
  maximumInterval: duration(1).exactOptional(),
  maximumAttempts: z
    .union([z.int().min(1), z.literal('unlimited')], {
      error: ({ input }) => `must be a whole number from 1 or "unlimited", not ${show(input)}`,
    })
    .transform((attempts) => (attempts === 'unlimited' ? null : attempts))
    .exactOptional(),
  maximumRetryAfter: duration(0).exactOptional(),
});

/** A header's name is a token of RFC 9110, section 5.6.2. */
const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, {
  error: ({ input }) => `must be the name of a header, not ${show(input)}`,
});

const auth = z.strictObject({
  header: headerName.refine((name) => !headersOfBaton.includes(name.toLowerCase()), {
    error: ({ input }) => `must be another header than ${show(input)}: Baton sets that one itself`,
  }),
  prefix: z.string().default(''),
  secret: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, {
    // Never quoted: it may be a secret.
    error: 'must be the name of an environment variable such as PAYMENT_API_KEY, not the secret itself',
  }),
});

const headersOfBaton = ['idempotency-key', 'traceparent', 'content-type', 'content-length', 'host'];

const dev = z.strictObject({
  command: z.array(text).min(1),
  database: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/, {
      error: ({ input }) => `must be lower-case letters, digits and _, not ${show(input)}`,
    })
    .exactOptional(),
});

const bulkhead = z.strictObject({
  concurrency: z.int().min(1).exactOptional(),
  rate: z.number().positive().exactOptional(),
});

const callSettings = { timeout: duration(1).exactOptional(), retry: retrySchema.exactOptional() };

const operation = z.strictObject({
  operationId: text.exactOptional(),
  /** Answers in milliseconds: goes as a local activity first. */
  quick: z.boolean().exactOptional(),
  ...callSettings,
});

const service = z.strictObject({
  url: text,
  openapi: text,
  auth: auth.exactOptional(),
  bulkhead: bulkhead.exactOptional(),
  dev: dev.exactOptional(),
  operations: z.record(z.string(), operation),
  ...callSettings,
});

/** The shape of `services.yaml`; docs/reference tells what each field means. */
export const catalogueSchema = z.strictObject({
  defaults: z.strictObject(callSettings).exactOptional(),
  services: z.record(z.string(), service),
});

export type CatalogueFile = z.output<typeof catalogueSchema>;
export type ServiceEntry = CatalogueFile['services'][string];
