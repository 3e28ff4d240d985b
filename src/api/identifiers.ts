import { z } from 'zod';

/** Letters that need no escaping in a URL. */
const idPattern = /^[A-Za-z0-9][A-Za-z0-9._:@-]*$/;

/** Temporal has no longer ones. */
const longestId = 1_000;

/** The id that a client chooses for a run: Temporal's workflow id. */
export const newRunIdSchema = z
  .string()
  .min(1, { abort: true })
  .max(200)
  .regex(idPattern, 'may hold letters, digits, ".", "_", ":", "@" and "-", and begins with a letter or digit')
  .meta({ example: 'order-4711' });

/** The id of a run in a path. Another client of Temporal, or a child workflow, may have one that the API gives no run. */
export const runIdSchema = z
  .string()
  .min(1, { abort: true })
  .refine((id) => Buffer.byteLength(id) <= longestId, `must not be longer than ${longestId} bytes`)
  .meta({ example: 'order-4711' });

export const processNameSchema = z.string().max(200).meta({ example: 'order-fulfilment' });

const unsearchable = /[\p{Cc}\p{Cs}"'\\]/u;

/**
 * A team's own key of a business case. Quotes and backslashes are left out because Temporal's SQL visibility store
 * cannot search for them.
 */
export const businessKeySchema = z
  .string()
  .min(1, { abort: true })
  .max(200)
  .refine((key) => !unsearchable.test(key), 'must not hold quotes, backslashes or control characters')
  .meta({ example: '4711', description: 'Without quotes, backslashes and control characters' });

export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters without spaces')
  .meta({
    description: 'Unique for what the client wants done; the same request with the same key acts once',
    example: '8e03978e-40d5-43dd-bc93-6894a57f9324',
  });
