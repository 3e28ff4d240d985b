import { toCloudEvent } from '../core/cloud-event.ts';
import type { Fault } from '../core/errors.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { type Checked, checkShape } from '../services/check-shape.ts';
import { readSourceFile, type SourceFile } from '../services/source-file.ts';
import { type EventsFile, eventsSchema } from './events-schema.ts';
import type { ProjectEvents } from './project.ts';
import { schemaFaults } from './schema-faults.ts';

/**
 * What each part of the file is looked through for beyond its shape: in the file as written, so that a fault elsewhere
 * in it hides none.
 */
const inspections: Readonly<Record<keyof EventsFile, (file: SourceFile, part: unknown) => Fault[]>> = {
  types: typeFaults,
};

/** Reads `events.yaml` and looks for every fault that it has. */
export function parseEvents(text: string, name = 'events.yaml'): Checked<ProjectEvents> {
  const file = readSourceFile(name, text);
  const shape = checkShape(eventsSchema, file);
  const parts = isJsonObject(file.value) ? file.value : {};
  const faults = [
    ...shape.faults,
    ...Object.entries(inspections).flatMap(([part, inspect]) => inspect(file, parts[part])),
  ];
  if (shape.value === null || faults.length > 0) return { value: null, faults };
  return { value: toProjectEvents(shape.value), faults: [] };
}

function typeFaults(file: SourceFile, types: unknown): Fault[] {
  return Object.entries(isJsonObject(types) ? types : {}).flatMap(([name, type]) => {
    const at = ['types', name];
    const schema = isJsonObject(type) ? type['schema'] : undefined;
    return [
      ...(isEventType(name)
        ? []
        : [file.fault(at, 'must be a type as events have it: 1 to 1024 bytes without control characters')]),
      ...(isJsonObject(schema) ? schemaFaults(file, [...at, 'schema'], schema) : []),
    ];
  });
}

function isEventType(name: string): boolean {
  return toCloudEvent({ specversion: '1.0', id: '1', source: '/', type: name }).faults.length === 0;
}

function toProjectEvents({ types }: EventsFile): ProjectEvents {
  return {
    types: Object.fromEntries(
      Object.entries(types).map(([name, { title, schema }]) => [
        name,
        { name, title, schema: (schema as JsonObject | undefined) ?? null },
      ]),
    ),
  };
}
