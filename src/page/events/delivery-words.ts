import { countdownText } from '../../core/duration-text.ts';
import { isJsonObject } from '../../core/json.ts';
import type { CorrelatedDelivery } from '../../correlations/material.ts';

/**
 * Why an event waits for a person.
 *
 * @param hasSubject without one, no other event waits behind it
 */
export function parkedText(
  { error, attempts }: CorrelatedDelivery,
  { hasSubject }: { readonly hasSubject: boolean },
): string {
  const tries = attempts > 1 ? ` (${attempts} attempts)` : '';
  const said = error?.body === undefined ? '' : `: ${saidBy(error.body)}`;
  const why = `${error?.message ?? 'it was given up'}${tries}${said}`;
  const what = hasSubject ? 'It and what comes behind it of its subject wait' : 'It waits';
  return `${what} for a person: ${why}`;
}

/** What a target said in its body: most answer with a problem document (RFC 9457). */
function saidBy(body: string): string {
  try {
    const problem: unknown = JSON.parse(body);
    if (isJsonObject(problem) && typeof problem['detail'] === 'string') return problem['detail'];
  } catch {
    // It is no JSON, or more than its beginning was not kept: as it is, then.
  }
  return body;
}

/** Why an event has not arrived yet, and when it is tried again. */
export function retriedText(
  { subscription, attempts, error, nextAttemptAt }: CorrelatedDelivery,
  { type, now }: { readonly type: string; readonly now: number },
): string {
  const next = nextAttemptAt === null ? '' : `, ${countdownText(nextAttemptAt, now)}`;
  return `${subscription} has not taken ${type} yet: ${error?.message ?? 'it failed'}. Attempt ${attempts + 1}${next}.`;
}

/** What waits behind an event of its subject that is not delivered: a line for each subscription, however many they are. */
export function waitingTexts(
  deliveries: readonly CorrelatedDelivery[],
  typeAt: (position: number) => string,
): readonly string[] {
  const waiting = deliveries.filter(({ state }) => state === 'waiting');
  const names = new Set(waiting.map(({ subscription }) => subscription));
  return [...names].map((name) => {
    const own = waiting.filter(({ subscription }) => subscription === name);
    const [first] = own;
    const what =
      own.length === 1 && first !== undefined ? typeAt(first.position) : `${own.length} further events`;
    return waitingText(name, what);
  });
}

/** @param what an event's type, or how many they are */
export function waitingText(subscription: string, what: string): string {
  return `${subscription} gets ${what} when it has taken what came before of the same subject.`;
}
