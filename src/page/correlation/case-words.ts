import { countdownText, durationText } from '../../core/duration-text.ts';
import type { Expectation } from '../../correlations/expectations.ts';
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
