import type { EventPattern } from './event-pattern.ts';

/** Which events are meant, in a few words: "payment.received of A-17", "order.paid with total 5". */
export function awaitedText(patterns: readonly EventPattern[]): string {
  return patterns.map(patternText).join(', ');
}

function patternText({ type, source, subject, attributes, data }: EventPattern): string {
  const members = Object.entries({ ...attributes, ...data });
  const conditions = members.map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [
    type,
    ...(subject === undefined ? [] : [`of ${subject}`]),
    ...(source === undefined ? [] : [`from ${source}`]),
    ...(conditions.length === 0 ? [] : [`with ${conditions.join(' and ')}`]),
  ].join(' ');
}
