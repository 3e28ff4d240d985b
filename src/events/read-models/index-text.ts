import type { Json } from '../../core/json.ts';

/**
 * The text by which a member of a row is asked for: a string as it is, a number or a truth value as it is written. What
 * PostgreSQL's texts cannot hold (`\u0000`, lone surrogates) is escaped as in JSON.
 *
 * @returns `null` for what cannot be asked for: a list, an object, `null`, nothing at all
 */
export function indexText(value: Json | undefined): string | null {
  if (typeof value === 'string') return JSON.stringify(value).slice(1, -1);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
