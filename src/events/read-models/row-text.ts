import { isJsonObject } from '../../core/json.ts';

/** Rows are nested this deep at the most. */
const maximumDepth = 100;

/** What a reducer returned cannot be kept as a row. */
export class NoRow extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoRow';
  }
}

/**
 * Writes down what a reducer returned. A row goes through JSON after every event, so that it never matters which events
 * were read together; whatever JSON would change without a word is refused. A member that is `undefined` is left out.
 *
 * @returns `null` for `null`
 * @throws NoRow that says where and why
 */
export function toRowText(value: unknown): string | null {
  if (value === null) return null;
  if (value instanceof Promise) throw new NoRow('the reducer returned a promise; it must be synchronous');
  if (value === undefined) {
    throw new NoRow('the reducer returned undefined; return the row, or null where there is none any more');
  }
  if (!isJsonObject(value)) throw new NoRow(`the reducer returned ${say(value)}; a row is a JSON object`);
  refuseOther(value, 'row', 1);
  return JSON.stringify(value);
}

function refuseOther(value: unknown, place: string, depth: number): void {
  if (depth > maximumDepth) throw new NoRow(`the row is nested deeper than ${maximumDepth} levels`);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (Array.isArray(value)) {
    // A hole counts as undefined here, which `forEach` would pass over.
    for (const [index, element] of value.entries()) refuseOther(element, `${place}[${index}]`, depth + 1);
    return;
  }
  if (!isPlainObject(value)) throw new NoRow(`${place} is ${say(value)}, which JSON cannot keep`);
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) refuseOther(member, `${place}.${name}`, depth + 1);
  }
}

/** Also one of another realm, such as a module's that was loaded by a test runner. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (!isJsonObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function say(value: unknown): string {
  if (value instanceof Date) return 'a Date (write date.toISOString())';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object of a class';
  return typeof value === 'number' ? String(value) : `a ${typeof value}`;
}
