import { BatonError, type Fault } from '../../core/errors.ts';
import { isJsonObject } from '../../core/json.ts';
import type { RecordedEvent } from '../recorded-event.ts';
import { maximumNameLength, readModelName } from './generation.ts';

/** A read model of a project as it runs here: checked, and told nothing about the types of its rows. */
export interface Definition {
  readonly name: string;
  readonly title: string;
  readonly version: number;
  readonly indexes: readonly string[];
  /** Types of events that the model is made of. */
  readonly types: readonly string[];
  /** Code of the project: what it returns is to be checked, and it may throw. */
  readonly keyOf: (event: RecordedEvent['event']) => unknown;
  /** Code of the project: what it returns is to be checked, and it may throw. */
  readonly reduce: (row: unknown, recorded: RecordedEvent) => unknown;
}

/** Names of other parameters of the query that lists rows. */
const reserved = ['after', 'atLeast', 'limit'];

const maximumIndexes = 20;

/**
 * Checks what a module of a project exports as a read model; TypeScript has looked at it only where the project is
 * compiled.
 *
 * @throws BatonError `invalid-request` with every fault
 */
export function toDefinition(name: string, exported: unknown): Definition {
  const model = isJsonObject(exported) ? exported : null;
  const faults =
    model === null
      ? [fault(name, 'must be made by defineReadModel of baton/read-models')]
      : [...nameFaults(name), ...memberFaults(name, model), ...indexFaults(name, model['indexes'] ?? [])];
  if (model === null || faults.length > 0) {
    const message = `The read model "${name}" is not valid: ${faults.map(({ message: said }) => said).join('; ')}`;
    throw new BatonError('invalid-request', message, { faults });
  }
  const on = new Map(Object.entries(model['on'] as Record<string, Code>));
  return {
    name,
    title: model['title'] as string,
    version: model['version'] as number,
    indexes: (model['indexes'] as readonly string[] | undefined) ?? [],
    types: [...on.keys()],
    keyOf: model['key'] as Code,
    reduce: (row, { event, position, recordedAt }) =>
      on.get(event.type)?.(row, event, { position, recordedAt }),
  };
}

type Code = (...given: readonly unknown[]) => unknown;

function nameFaults(name: string): Fault[] {
  if (readModelName.test(name) && name.length <= maximumNameLength) return [];
  return [
    fault(
      name,
      `must be named with lower-case letters, digits and -, a letter first, ${maximumNameLength} characters at most`,
    ),
  ];
}

function memberFaults(name: string, { title, version, key, on }: Record<string, unknown>): Fault[] {
  const reducers = isJsonObject(on) ? Object.entries(on) : [];
  return [
    typeof title === 'string' && title !== '' ? null : 'title must be a text',
    isVersion(version) ? null : 'version must be a whole number from 1',
    typeof key === 'function' ? null : 'key must be a function',
    reducers.length > 0 ? null : 'on must have a reducer for at least one type of events',
    ...reducers.map(([type, reducer]) =>
      typeof reducer === 'function' ? null : `on["${type}"] must be a function`,
    ),
  ].flatMap((problem) => (problem === null ? [] : [fault(name, problem)]));
}

function isVersion(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 2_147_483_647;
}

function indexFaults(name: string, indexes: unknown): Fault[] {
  if (!Array.isArray(indexes) || indexes.length > maximumIndexes) {
    return [fault(name, `indexes must be a list of ${maximumIndexes} members at most`)];
  }
  return indexes.flatMap((member: unknown, place) => {
    if (typeof member !== 'string' || !/^[^\p{Cc}\p{Cs}]{1,100}$/u.test(member)) {
      return [fault(name, `indexes[${place}] must be the name of a member, 100 characters at most`)];
    }
    if (reserved.includes(member)) {
      return [
        fault(name, `indexes[${place}] must not be ${member}: the query that lists rows has it already`),
      ];
    }
    return indexes.indexOf(member) === place ? [] : [fault(name, `indexes has ${member} twice`)];
  });
}

function fault(name: string, problem: string): Fault {
  return { pointer: '', message: `${name}: ${problem}` };
}
