import type { CloudEvent } from '../core/cloud-event.ts';
import type { Fault } from '../core/errors.ts';
import { validateAgainst } from './json-schema.ts';
import type { ProjectEvents } from './project.ts';

/**
 * Holds the data of an event against the schema that the project declares for its type. Whoever appends events asks here
 * first, so that the log holds of a declared type what its schema says, whichever way it came.
 *
 * @param at pointer of the data in what the producer sent
 * @returns no fault where the type has no schema; at most 100
 */
export function eventDataFaults(
  { types }: Pick<ProjectEvents, 'types'>,
  event: CloudEvent,
  at = '/data',
): readonly Fault[] {
  const schema = Object.hasOwn(types, event.type) ? types[event.type]?.schema : undefined;
  if (schema === undefined || schema === null) return [];
  if (event.data !== undefined) return validateAgainst(schema, event.data, at);
  const message = event.data_base64 === undefined ? 'is required' : 'must be JSON or text, not bytes';
  const place = at === '' ? 'the data' : at;
  return [{ pointer: at, message: `${place} ${message}: the type ${event.type} has a schema` }];
}
