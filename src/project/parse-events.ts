import { toCloudEvent } from '../core/cloud-event.ts';
import type { Fault } from '../core/errors.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { type Checked, checkShape } from '../services/check-shape.ts';
import { readSourceFile, type SourceFile } from '../services/source-file.ts';
import { type EventsFile, eventsSchema } from './events-schema.ts';
import type { ProjectEvents } from './project.ts';
import { schemaFaults } from './schema-faults.ts';
import { subscriptionNameSchema, toSubscription } from './subscription-schema.ts';
import { type KnownTargets, targetProblem } from './target-problem.ts';

/**
 * What each part of the file is looked through for beyond its shape: in the file as written, so that a fault elsewhere
 * in it hides none.
 */
const inspections: Readonly<Record<keyof EventsFile, (file: SourceFile, part: unknown) => Fault[]>> = {
  types: typeFaults,
  subscriptions: (file, subscriptions) => nameFaults(file, 'subscriptions', subscriptions),
  expectations: (file, expectations) => nameFaults(file, 'expectations', expectations),
};

/** Reads `events.yaml` and looks for every fault that it has. */
export function parseEvents(text: string, known: KnownTargets): Checked<ProjectEvents> {
  const file = readSourceFile('events.yaml', text);
  const shape = checkShape(eventsSchema, file);
  const parts = isJsonObject(file.value) ? file.value : {};
  const faults = [
    ...shape.faults,
    ...Object.entries(inspections).flatMap(([part, inspect]) => inspect(file, parts[part])),
  ];
  if (shape.value === null) return { value: null, faults };
  const events = toProjectEvents(shape.value);
  const all = [...faults, ...targetFaults(file, events, known)];
  return all.length > 0 ? { value: null, faults: all } : { value: events, faults: [] };
}

function nameFaults(file: SourceFile, part: keyof EventsFile, named: unknown): Fault[] {
  return Object.keys(isJsonObject(named) ? named : {}).flatMap((name) => {
    const checked = subscriptionNameSchema.safeParse(name);
    return checked.success
      ? []
      : checked.error.issues.map(({ message }) => file.fault([part, name], message));
  });
}

function targetFaults(file: SourceFile, { subscriptions }: ProjectEvents, known: KnownTargets): Fault[] {
  return Object.entries(subscriptions).flatMap(([name, { subscription }]) => {
    const problem = targetProblem(subscription.target, known);
    const at = ['subscriptions', name, 'target'];
    return problem === null ? [] : [file.fault([...at, ...problem.path], problem.message)];
  });
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

function toProjectEvents({ types, subscriptions, expectations }: EventsFile): ProjectEvents {
  return {
    expectations: Object.entries(expectations).map(([name, { where = {}, ...rule }]) => ({
      ...rule,
      name,
      where,
    })),
    subscriptions: Object.fromEntries(
      Object.entries(subscriptions).map(([name, { startAt, ...content }]) => [
        name,
        { subscription: toSubscription(name, content), startAt },
      ]),
    ),
    types: Object.fromEntries(
      Object.entries(types).map(([name, { title, schema }]) => [
        name,
        { name, title, schema: (schema as JsonObject | undefined) ?? null },
      ]),
    ),
  };
}
