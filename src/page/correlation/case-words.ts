import { countdownText, durationText } from '../../core/duration-text.ts';
import { isJsonObject } from '../../core/json.ts';
import type { Expectation } from '../../correlations/expectations.ts';
import type { CorrelatedDelivery } from '../../correlations/material.ts';
import type { TimelineEntry } from '../../correlations/timeline.ts';
import type { CorrelationResource } from '../../correlations/correlation-resource.ts';
import { anyOf } from '../../core/any-of.ts';

/** A length of time as a rule has it: most are round. */
function limitText(limit: number): string {
  return durationText(limit)
    .replace(/\.0 s$/, ' s')
    .replace(/ 00 (?:s|min)$/, '');
}

/** What did not come in time, as a sentence. */
export function overdueText({ expect, after, within, deadline }: Expectation, now: number): string {
  const late = durationText(now - Date.parse(deadline));
  return `${anyOf(expect)} was expected within ${limitText(within)} after ${after}, and has not come (${late} late)`;
}

/** What is still in time. */
export function awaitedText({ expect, after, deadline }: Expectation, now: number): string {
  const left = Date.parse(deadline) > now ? `due ${countdownText(deadline, now)}` : 'due now';
  return `${anyOf(expect)} is expected after ${after}, ${left}`;
}

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

/** How many of the expected reactions came; `null` where none is expected. */
export function metText(expectations: readonly Expectation[]): string | null {
  const all = expectations.length;
  if (all === 0) return null;
  const met = expectations.filter(({ status }) => status === 'met').length;
  const reactions = all === 1 ? 'The one expected reaction' : `All ${all} expected reactions`;
  return met === all ? `${reactions} came.` : `${met} of ${all} expected reactions came.`;
}

type Seen = CorrelationResource['seen'];

const eventWords: Readonly<Record<Seen['events'], string | null>> = {
  all: null,
  cut: 'There are more events: only the latest are shown.',
  away: 'PostgreSQL does not answer: no event is shown, and nothing is said of expected reactions.',
  off: 'There is no event log here: only runs are shown.',
};

const runWords: Readonly<Record<Seen['runs'], string | null>> = {
  all: null,
  cut: 'There are more runs than are shown.',
  away: 'Temporal does not answer: no run is shown. Services that react to events go on.',
};

/** What of the case could not be looked at; nothing where all of it is shown. */
export function unseenTexts({ events, runs }: Seen): readonly string[] {
  return [eventWords[events], runWords[runs]].filter((text) => text !== null);
}

/** What happened, in a few words. */
export function entryTitle(entry: TimelineEntry): string {
  switch (entry.kind) {
    case 'event':
      return entry.type;
    case 'run-started':
      return `${entry.process} started`;
    case 'run-ended':
      return `${entry.process} ${entry.status}`;
  }
}
