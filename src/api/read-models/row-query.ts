import { z } from 'zod';

import { limitSchema, positionSchema } from '../events/event-query.ts';

/** PostgreSQL takes no NUL, and no key has any control character. */
export const rowKeySchema = z
  .string()
  .min(1)
  .max(1_024)
  .refine((value) => !/\p{Cc}/u.test(value), 'must not hold control characters')
  .meta({ example: 'order-4711' });

const atLeast = positionSchema.optional().meta({
  description:
    'Wait up to five seconds until the model has come to this position of the log, as `POST /v1/events` told it: so a client ' +
    'reads what it has written',
});

export const rowQuerySchema = z.strictObject({ atLeast });

/** Other parameters are members that the model has indexes of; which, only the model knows. */
export const rowListQuerySchema = z
  .object({
    limit: limitSchema,
    after: rowKeySchema.optional().meta({ description: 'The key to go on behind' }),
    atLeast,
  })
  .catchall(z.string());

/** A list by members, apart from the parameters that every list has. */
export interface RowListQuery {
  readonly limit: number;
  readonly after?: string;
  readonly atLeast?: number;
  readonly filter: Readonly<Record<string, string>>;
}

export function toRowListQuery(query: z.output<typeof rowListQuerySchema>): RowListQuery {
  const { limit, after, atLeast: position, ...filter } = query;
  return {
    limit,
    filter,
    ...(after !== undefined && { after }),
    ...(position !== undefined && { atLeast: position }),
  };
}
