import type { z } from 'zod';

import type { Fault } from '../core/errors.ts';
import { toPointer } from '../services/json-pointer.ts';

type Issue = z.core.$ZodIssue;
type PartName = 'params' | 'query' | 'headers' | 'body';

/**
 * Turns what zod found in one part of a request into faults. Where a fault is: `/input/lines/0` in the body (JSON
 * pointer, RFC 6901), `?name` in the query, `{name}` in the path, the name itself for a header.
 *
 * @param known names that the part takes, told where an unknown one came
 */
export function toFaults(part: PartName, issues: readonly Issue[], known: readonly string[]): Fault[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      return [toFault(pointTo(part, issue.path), issue.message)];
    }
    const message = issue.path.length > 0 ? 'is unknown' : `is unknown; ${sayKnown(known)}`;
    return issue.keys.map((key) => toFault(pointTo(part, [...issue.path, key]), message));
  });
}

/**
 * Says what is wrong in words that go on after the place, where a schema has no words of its own. Give it to zod as
 * the error map of a parse.
 */
export function sayIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is required'
        : `must be ${typeNames[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string' ? 'must not be empty' : `must be ${issue.minimum} or more`;
    case 'too_big':
      return issue.origin === 'string'
        ? `may have ${issue.maximum} characters at most`
        : `must be ${issue.maximum} or less`;
    default:
      return undefined;
  }
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'an object',
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
};

/** @param message what is said of the place, e.g. "is required" */
export function toFault(pointer: string, message: string): Fault {
  return { pointer, message: `${pointer === '' ? 'the body' : pointer} ${message}` };
}

function pointTo(part: PartName, path: readonly PropertyKey[]): string {
  const steps = path.map(String);
  const name = steps.join('.');
  if (part === 'query') return `?${name}`;
  if (part === 'params') return `{${name}}`;
  return part === 'headers' ? name : toPointer(steps);
}

function sayKnown(known: readonly string[]): string {
  return known.length === 0 ? 'nothing is taken here' : `those known are ${known.join(', ')}`;
}
