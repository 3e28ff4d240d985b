import type { Fault } from '../../core/errors.ts';
import type { ProjectEvents } from '../../project/project.ts';
import type { ApiDeps } from '../deps.ts';
import { toFault } from '../zod-faults.ts';
import type { ArrivedEvent } from './arrived-events.ts';

/** What is wrong with the data of events whose types the project declares with a schema. */
export function dataFaults(
  arrived: readonly ArrivedEvent[],
  { types }: ProjectEvents,
  validate: ApiDeps['validate'],
): readonly Fault[] {
  return arrived.flatMap(({ event, dataAt }) => {
    const schema = Object.hasOwn(types, event.type) ? types[event.type]?.schema : undefined;
    if (schema === undefined || schema === null) return [];
    if (event.data !== undefined) return validate(schema, event.data, dataAt);
    const message = event.data_base64 === undefined ? 'is required' : 'must be JSON or text, not bytes';
    return [toFault(dataAt, `${message}: the type ${event.type} has a schema`)];
  });
}
