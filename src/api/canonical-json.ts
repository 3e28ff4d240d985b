import type { Json } from '../core/json.ts';

/**
 * Writes a value so that equal values give equal text, whatever order their members came in (after RFC 8785; member
 * names in the order of their UTF-16 code units).
 */
export function canonicalJson(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((element: Json) => canonicalJson(element)).join(',')}]`;
  const members = Object.entries(value as Readonly<Record<string, Json>>)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
