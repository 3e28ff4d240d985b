import type { z } from 'zod';

import { BatonError, type Fault } from '../core/errors.ts';
import { sayFaults } from '../core/say-faults.ts';
import { sayIssue, toFaults } from './zod-faults.ts';

interface Schemas {
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly headers: z.ZodObject;
  readonly body: z.ZodType;
}

/** The parts of a request, checked. Headers have the spelling of the route's schema. */
export interface RequestParts<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Headers extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
> {
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  readonly headers: z.output<Headers>;
  readonly body: z.output<Body>;
}

interface RawParts {
  readonly params: unknown;
  readonly query: unknown;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: unknown;
}

const said = { error: sayIssue };

/**
 * Checks all parts of a request by their schemas.
 *
 * @param more faults that the schemas cannot see; asked for only where the request is refused anyway
 * @throws BatonError `invalid-request` with every fault of every part
 */
export function parseRequest(schemas: Schemas, raw: RawParts, more: () => readonly Fault[]): RequestParts {
  const headers = Object.fromEntries(
    Object.keys(schemas.headers.shape).map((name) => [name, raw.headers[name.toLowerCase()]]),
  );
  const params = schemas.params.safeParse(raw.params, said);
  const query = schemas.query.safeParse(raw.query, said);
  const checkedHeaders = schemas.headers.safeParse(headers, said);
  const body = schemas.body.safeParse(raw.body, said);
  if (params.success && query.success && checkedHeaders.success && body.success) {
    return { params: params.data, query: query.data, headers: checkedHeaders.data, body: body.data };
  }
  const faults = [
    ...toFaults('params', params.error?.issues ?? [], []),
    ...toFaults('query', query.error?.issues ?? [], Object.keys(schemas.query.shape)),
    ...toFaults('headers', checkedHeaders.error?.issues ?? [], []),
    ...toFaults('body', body.error?.issues ?? [], fieldsOf(schemas.body)),
    ...more(),
  ];
  throw new BatonError('invalid-request', sayFaults(faults), { faults });
}

function fieldsOf(schema: z.ZodType): readonly string[] {
  if ('shape' in schema && typeof schema.shape === 'object' && schema.shape !== null)
    return Object.keys(schema.shape);
  return 'unwrap' in schema && typeof schema.unwrap === 'function'
    ? fieldsOf((schema.unwrap as () => z.ZodType)())
    : [];
}
