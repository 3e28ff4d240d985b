import type { CloudEvent } from '../../core/cloud-event.ts';
import type { Duration } from '../../core/duration.ts';
import type { EventArrival } from '../../core/run-events.ts';
import { assertRequestSize, eventTooLarge } from '../payload-size.ts';
import { hear } from './hear.ts';
import { type ListenFilter, toPatterns } from './listen-filter.ts';
import { isPaused, untilResumed } from './pause.ts';
import { nameCall } from './step-name.ts';
import { takenEvents } from './taken-events.ts';

export interface ListenOptions {
  /** From now. When it has passed, the step gives `null`. Without it the run waits for as long as it takes. */
  readonly deadline?: Duration;
  /** Name of the step; left out, it is made of the types of the events. */
  readonly step?: string;
}

/** The event that came first, and the place of the filter that it fits. */
export interface FirstEvent {
  readonly event: CloudEvent;
  readonly index: number;
}

/** `null` can come only where there is a deadline. */
type Missed<Options extends ListenOptions> = 'deadline' extends keyof Options
  ? Options['deadline'] extends undefined
    ? never
    : null
  : never;

type Filters = readonly ListenFilter[];

/**
 * Waits for an event of the log. One that was appended since the run started, or since the event that started it, counts
 * too: it may have come before the run gets here. No event is given twice to steps that follow one another.
 *
 * A filter that names no subject means the run's business key, where it has one; `subject: null` means any.
 *
 * @returns the event; `null` when the deadline passed
 * @throws StepFailed `invalid-call`, `event-too-large`, `event-log-off`; CancelledFailure when the run is cancelled
 * @example const paid = await listen({ type: 'payment.received' }, { deadline: '2 days' });
 */
export async function listen<Options extends ListenOptions = { step?: string }>(
  filter: ListenFilter,
  options?: Options,
): Promise<CloudEvent | Missed<Options>>;

/**
 * Waits for the first event that fits any of the filters.
 *
 * @example const { event, index } = await listen({ any: [{ type: 'order.paid' }, { type: 'order.cancelled' }] });
 */
export async function listen<Options extends ListenOptions = { step?: string }>(
  filters: { readonly any: Filters },
  options?: Options,
): Promise<FirstEvent | Missed<Options>>;

/**
 * Waits until there is an event for each of the filters, in whatever order they come.
 *
 * @returns the first event for each filter, in the order of the filters; an event that fits two of them is there twice
 * @example const [packed, paid] = await listen({ all: [{ type: 'order.packed' }, { type: 'order.paid' }] });
 */
export async function listen<const All extends Filters, Options extends ListenOptions = { step?: string }>(
  filters: { readonly all: All },
  options?: Options,
): Promise<{ readonly [Index in keyof All]: CloudEvent } | Missed<Options>>;

export async function listen(
  wanted: ListenFilter | { readonly any: Filters } | { readonly all: Filters },
  { deadline, step: name }: ListenOptions = {},
): Promise<CloudEvent | FirstEvent | readonly CloudEvent[] | null> {
  const needsAll = 'all' in wanted;
  const filters = needsAll ? wanted.all : 'any' in wanted ? wanted.any : [wanted];
  const step = nameCall(filters.map(({ type }) => type).join(needsAll ? ' and ' : ' or '), name);
  const patterns = toPatterns(step, filters);
  assertRequestSize(step, patterns);
  if (isPaused()) await untilResumed();
  const heard = await hear(step, { patterns, needsAll, taken: takenEvents().positions }, deadline);
  if (heard === null) return null;
  const events = heard.map((arrival) => eventOf(step, arrival));
  if (needsAll) return events;
  const [first] = heard;
  if (first === undefined) throw new TypeError(`"${step}" ended without an event`);
  return 'any' in wanted ? { event: first.event, index: first.part } : first.event;
}

function eventOf(step: string, { event, bytes }: EventArrival): CloudEvent {
  if (bytes !== undefined) throw eventTooLarge(step, bytes);
  return event;
}
