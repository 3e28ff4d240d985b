import { BatonError, type Fault } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import { sayFaults } from '../core/say-faults.ts';
import { findJsonFault } from './json-syntax.ts';
import { toPointer } from '../services/json-pointer.ts';
import { toFault } from './zod-faults.ts';

/** Deeper nesting is refused: code further on walks values recursively. */
const maximumDepth = 64;

/**
 * Reads a JSON body (RFC 8259) so that what a run gets is what the client sent: nothing that JavaScript would read as
 * something else passes.
 *
 * @throws BatonError `malformed-json` with line and column; `invalid-request` for a number that cannot be kept, a key
 *   named `__proto__` and nesting deeper than 64 levels
 */
export function parseJsonBody(bytes: Uint8Array): Json {
  const text = decode(bytes);
  const value = parse(text);
  const faults: Fault[] = [];
  inspect(value, [], faults);
  if (faults.length > 0) throw new BatonError('invalid-request', sayFaults(faults), { faults });
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new BatonError('malformed-json', 'The body is not UTF-8, as JSON must be', { cause });
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    const { line, column, offset, message } = findJsonFault(text);
    const detail = `${message} at line ${line}, column ${column}`;
    throw new BatonError('malformed-json', detail, {
      faults: [{ pointer: '', message: detail }],
      extensions: { position: { line, column, offset } },
      cause,
    });
  }
}

function inspect(value: Json, path: readonly string[], faults: Fault[]): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    faults.push(toFault(toPointer(path), 'is a number too large to be kept'));
  }
  if (typeof value !== 'object' || value === null) return;
  if (path.length >= maximumDepth) {
    faults.push(toFault(toPointer(path), `is nested deeper than ${maximumDepth} levels`));
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    const place = [...path, key];
    if (key === '__proto__') faults.push(toFault(toPointer(place), 'is not a name that is taken'));
    else inspect(member, place, faults);
    if (faults.length >= 100) return;
  }
}
