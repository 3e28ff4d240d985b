import { waitsForAttempt } from '../../core/next-attempt.ts';
import type { StepView } from '../../core/run-state.ts';
import type { RunResource } from '../../core/run-resource.ts';

/** A span on the axis, in per cent of its length. */
interface Span {
  readonly left: number;
  readonly width: number;
}

export interface TimelineRow {
  readonly step: StepView;
  readonly bar: Span;
  /** From now to when the next attempt comes. */
  readonly ahead: Span | null;
}

export interface Timeline {
  readonly rows: readonly TimelineRow[];
  /** Where the axis is marked, with milliseconds since the run's start. */
  readonly ticks: readonly { readonly left: number; readonly after: number }[];
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const steps = [
  10,
  20,
  50,
  100,
  200,
  500,
  second,
  2 * second,
  5 * second,
  10 * second,
  20 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
];
const mostTicks = 6;

/**
 * Places the steps of a run on an axis of time. An open run reaches to now, and beyond to the next attempt of a call
 * where that does not dwarf what was so far.
 *
 * @param now milliseconds since 1970
 */
export function timelineOf(
  run: Pick<RunResource, 'startedAt' | 'closedAt' | 'steps'>,
  now: number,
): Timeline {
  const from = Date.parse(run.startedAt);
  const ends = run.steps.map((step) => endOf(step, now));
  // The clocks of the server and of the reader may differ a little.
  const until = Math.max(run.closedAt === null ? now : Date.parse(run.closedAt), from + 1, ...ends);
  const soon = until + (until - from);
  const attempts = run.steps.map(nextAttempt).filter((at) => at > until && at <= soon);
  const to = Math.max(until, ...attempts);
  const place = (at: number): number => Math.min(100, Math.max(0, (100 * (at - from)) / (to - from)));
  const span = (start: number, end: number): Span => ({
    left: place(start),
    width: place(end) - place(start),
  });
  return {
    rows: run.steps.map((step) => {
      const end = endOf(step, now);
      const next = nextAttempt(step);
      return {
        step,
        bar: span(Date.parse(step.startedAt), end),
        ahead: next > end ? span(end, Math.min(next, to)) : null,
      };
    }),
    ticks: ticksOf(to - from),
  };
}

function endOf({ closedAt, startedAt }: StepView, now: number): number {
  return closedAt === null ? Math.max(now, Date.parse(startedAt)) : Date.parse(closedAt);
}

/** When a step is tried again. A timer, a decision or an event may be waited for for days: the axis does not reach for it. */
function nextAttempt(step: StepView): number {
  const { closedAt, nextAttemptAt } = step;
  return waitsForAttempt(step) && closedAt === null && nextAttemptAt !== null ? Date.parse(nextAttemptAt) : 0;
}

function ticksOf(length: number): Timeline['ticks'] {
  const longest = steps.at(-1) ?? length;
  const step =
    steps.find((candidate) => length / candidate <= mostTicks) ??
    Math.ceil(length / mostTicks / longest) * longest;
  const count = Math.floor(length / step);
  return Array.from({ length: count + 1 }, (_, index) => ({
    left: (100 * index * step) / length,
    after: index * step,
  }));
}
