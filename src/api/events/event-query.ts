import { z } from 'zod';

import type { EventFilter } from '../../core/event-filter.ts';

/** So many types are told apart at once. */
const maximumTypes = 100;

/** PostgreSQL takes no NUL, and no attribute of an event has any control character. */
const attribute = z
  .string()
  .min(1)
  .max(1_024)
  .refine((value) => !/\p{Cc}/u.test(value), 'must not hold control characters');

/** A parameter that is given once is a text, one that is repeated a list. */
const types = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(attribute).max(maximumTypes, `may be repeated ${maximumTypes} times at most`).optional(),
);

const fifteenDigits = /^\d{1,15}$/;

/** A place in the log, as text: what `Number` would make of an empty text or of 1e3 is refused. */
export const positionSchema = z
  .string()
  .regex(fifteenDigits, 'must be a position of the log: a whole number, 0 or more')
  .transform(Number)
  .meta({ type: 'integer', minimum: 0, pattern: undefined });

/** How many of something a list has at the most. */
export const limitSchema = z
  .string()
  .regex(fifteenDigits, 'must be a whole number from 1 to 1000')
  .transform(Number)
  .refine((value) => value >= 1 && value <= 1_000, 'must be a whole number from 1 to 1000')
  .default(100)
  .meta({ type: 'integer', minimum: 1, maximum: 1_000, pattern: undefined, default: 100 });

const fields = z.strictObject({
  type: types.meta({ description: 'May be repeated: any of these' }),
  source: attribute.optional(),
  subject: attribute.optional(),
  correlationId: attribute.optional().meta({ description: 'The extension attribute `correlationid`' }),
  since: z.iso
    .datetime({ offset: true, error: 'must be a time such as 2026-01-31T12:00:00Z' })
    .optional()
    .meta({ description: 'Events recorded then or later' }),
  after: positionSchema.optional().meta({ description: 'Events behind this position' }),
});

type Fields = z.output<typeof fields>;

const oneBeginning = {
  path: ['since'],
  error: 'must not come together with after; give one of them',
};

function hasOneBeginning({ since, after }: Fields): boolean {
  return since === undefined || after === undefined;
}

/** Which events a reader means, and from where on. */
export const eventQuerySchema = fields.refine(hasOneBeginning, oneBeginning);

export const eventPageQuerySchema = fields
  .extend({ limit: limitSchema })
  .refine(hasOneBeginning, oneBeginning);

export function toEventFilter({ type, source, subject, correlationId }: Fields): EventFilter {
  return {
    ...(type !== undefined && { types: type }),
    ...(source !== undefined && { source }),
    ...(subject !== undefined && { subject }),
    ...(correlationId !== undefined && { attributes: { correlationid: correlationId } }),
  };
}
