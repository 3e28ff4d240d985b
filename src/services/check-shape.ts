import { z } from 'zod';

import type { Fault } from '../core/errors.ts';
import { didYouMean } from './did-you-mean.ts';
import type { Path } from './json-pointer.ts';
import type { SourceFile } from './source-file.ts';

export interface Checked<Value> {
  /** `null` when there are faults. */
  readonly value: Value | null;
  readonly faults: readonly Fault[];
}

/** Holds a file against its schema and says every fault in a person's words, with its place. */
export function checkShape<Schema extends z.ZodType>(
  schema: Schema,
  file: SourceFile,
): Checked<z.output<Schema>> {
  if (file.faults.length > 0) return { value: null, faults: file.faults };
  const result = schema.safeParse(file.value, { error: describe });
  if (result.success) return { value: result.data, faults: [] };
  const faults = result.error.issues.flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
    if (issue.code !== 'unrecognized_keys') return [file.fault(path, issue.message)];
    const known = fieldsAt(schema, path);
    return issue.keys.map((key) =>
      file.fault([...path, key], `is not a known field${didYouMean(key, known)}`),
    );
  });
  return { value: null, faults };
}

/** A value as a fault quotes it: enough to find it, never a page of it. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};

/** What stands for zod's own words where a schema has none; what a schema says itself goes before. */
function describe(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return 'is missing';
  const but = `, not ${show(issue.input)}`;
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? issue.expected}${but}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => show(value)).join(' or ')}${but}`;
    case 'too_small':
      if (issue.origin === 'string' || issue.origin === 'array') return 'must not be empty';
      return `must be ${issue.inclusive === true ? 'at least' : 'more than'} ${issue.minimum}${but}`;
    case 'too_big':
      return `must be ${issue.inclusive === true ? 'at most' : 'less than'} ${issue.maximum}${but}`;
    case 'invalid_key':
      return issue.issues[0]?.message;
    default:
      return undefined;
  }
}

/** The fields that a schema knows at a place, for "did you mean". */
function fieldsAt(schema: z.ZodType, path: Path): readonly string[] {
  let at: unknown = unwrap(schema);
  for (const key of path) {
    if (at instanceof z.ZodObject) at = unwrap((at.shape as Record<string, unknown>)[key]);
    else if (at instanceof z.ZodRecord) at = unwrap(at.valueType);
    else if (at instanceof z.ZodArray) at = unwrap(at.element);
    else return [];
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodExactOptional ||
    inner instanceof z.ZodDefault
  ) {
    inner = inner.unwrap();
  }
  return inner;
}
