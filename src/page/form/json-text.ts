import type { Json } from '../../core/json.ts';

/** What a person typed where JSON is wanted, kept to the letter: a number of any length, or what is no JSON yet. */
export class TypedJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A value in a form. `undefined`: left out. */
export type FormValue =
  Json | TypedJson | undefined | readonly FormValue[] | { readonly [name: string]: FormValue };

/**
 * Writes what a form holds as JSON. Typed text goes in as it is: what is no JSON is for the API to refuse, in its own
 * words.
 */
export function writeJson(value: FormValue, indent = ''): string {
  if (value === undefined) return 'null';
  if (value instanceof TypedJson) return value.text;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (isList(value)) {
    return bracketed(
      '[]',
      value.map((element) => `${inner}${writeJson(element, inner)}`),
      indent,
    );
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${inner}${JSON.stringify(name)}: ${writeJson(member, inner)}`);
  return bracketed('{}', members, indent);
}

function bracketed(brackets: '[]' | '{}', lines: readonly string[], indent: string): string {
  if (lines.length === 0) return brackets;
  return `${brackets.charAt(0)}\n${lines.join(',\n')}\n${indent}${brackets.charAt(1)}`;
}

export function isList(value: FormValue): value is readonly FormValue[] {
  return Array.isArray(value);
}

export function isMembers(value: FormValue): value is Readonly<Record<string, FormValue>> {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof TypedJson);
}
