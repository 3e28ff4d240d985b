import type { EventFilter } from '../core/event-filter.ts';

/** A condition on the table of events, and the values that it takes. */
export interface Condition {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Says {@link EventFilter} to PostgreSQL, as `matchesFilter` says it to JavaScript.
 *
 * @param from the number of the first parameter, e.g. 3 for `$3`
 */
export function filterSql(filter: EventFilter, from: number): Condition {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => {
    values.push(value);
    return `$${from + values.length - 1}`;
  };
  const { types, source, subject, attributes = {} } = filter;
  const parts = [
    types && `type = ANY(${parameter(types)}::text[])`,
    source !== undefined && `source = ${parameter(source)}::text`,
    subject !== undefined && `subject = ${parameter(subject)}::text`,
    ...Object.entries(attributes).map(([name, value]) => {
      const attribute = `${parameter(name)}::text`;
      // Said too, for an index holds only the events that have the attribute.
      return `attributes ? ${attribute} AND attributes ->> ${attribute} = ${parameter(String(value))}::text`;
    }),
  ].filter((part) => typeof part === 'string');
  return { text: parts.length === 0 ? 'true' : parts.join(' AND '), values };
}
