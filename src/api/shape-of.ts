import { z } from 'zod';

import type { Json } from '../core/json.ts';

/**
 * The fields of a schema that documents a type. Held against it by `satisfies`, a field that only one of the two has, or
 * has otherwise, does not compile: a type in src/core is what all who read an answer go by.
 *
 * @example z.object({ name: z.string() } satisfies ShapeOf<{ readonly name: string }>)
 */
export type ShapeOf<T> = {
  readonly [Field in keyof T]-?: object extends Pick<T, Field>
    ? z.ZodOptional<z.ZodType<T[Field]>>
    : z.ZodType<T[Field]>;
};

/** Any JSON. It documents what is answered, and checks nothing. */
export const anyJson = z.unknown() as z.ZodType<Json>;
