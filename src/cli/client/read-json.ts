import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';

import { findJsonFault } from '../../api/json-syntax.ts';
import { BatonError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';

/**
 * Reads the value of an option that takes JSON: the JSON itself, `@file`, or `-` for the standard input.
 *
 * @param option its name, for the error
 * @throws BatonError `malformed-json` with the place; `invalid-request` when the file cannot be read
 */
export async function readJson(option: string, value: string): Promise<Json> {
  const { source, text } = await readSource(option, value);
  try {
    return JSON.parse(text) as Json;
  } catch {
    const { line, column, message } = findJsonFault(text);
    const what = message.replace('the end of the body', 'the end');
    throw new BatonError(
      'malformed-json',
      `${source} is not valid JSON, at line ${line}, column ${column}: ${what}`,
    );
  }
}

async function readSource(
  option: string,
  value: string,
): Promise<{ readonly source: string; readonly text: string }> {
  if (value === '-') return { source: 'The standard input', text: await readAll(process.stdin) };
  if (!value.startsWith('@')) return { source: option, text: value };
  const file = value.slice(1);
  try {
    return { source: file, text: (await readFile(file, 'utf8')).replace(/^\uFEFF/, '') };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BatonError('invalid-request', `${option}: ${file} cannot be read (${reason})`, { cause });
  }
}
