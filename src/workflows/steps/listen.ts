import { CancellationScope, condition, defineSignal, isCancellation, setHandler } from '@temporalio/workflow';

import type { CloudEvent } from '../../core/cloud-event.ts';
import { type Duration, toMilliseconds } from '../../core/duration.ts';
import {
  type ArrivalMessage,
  arrivalSignal,
  type EventArrival,
  eventActivities,
  type ListenInput,
  type ListenOutcome,
} from '../../core/run-events.ts';
import { eventSettings } from '../event-settings.ts';
import { assertRequestSize, eventTooLarge } from '../payload-size.ts';
import { runActivity } from './activity-step.ts';
import { type ListenFilter, toPatterns } from './listen-filter.ts';
import { Hearing, type Wanted } from './hearing.ts';
import { isPaused, untilResumed } from './pause.ts';
import { nameCall } from './step-name.ts';
import { takenEvents, takeEvents } from './taken-events.ts';
import { unlisten } from './unlisten.ts';

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
type Missed<Options> = Options extends { readonly deadline?: undefined } ? never : null;

type Filters = readonly [ListenFilter, ...ListenFilter[]];

const hearings = new Map<string, Hearing>();
let isListening = false;

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

/** @returns what came, or `null` when the deadline passed before */
async function hear(
  step: string,
  wanted: Wanted,
  deadline: Duration | undefined,
): Promise<readonly EventArrival[] | null> {
  const due = deadline === undefined ? null : Date.now() + toMilliseconds(deadline);
  const hearing = new Hearing(wanted);
  const registering = new CancellationScope();
  let isSlow = false;
  listenForArrivals();
  hearings.set(step, hearing);
  try {
    registering
      .run(() =>
        register({ step, ...wanted, since: takenEvents().since }, () => {
          isSlow = true;
        }),
      )
      .then(
        (outcome) => {
          hearing.register(outcome);
        },
        (error: unknown) => {
          if (!isCancellation(error)) hearing.fail(error);
        },
      );
    if (due === null) await condition(() => hearing.isOver);
    else {
      // The log is mostly looked at within this very workflow task; no timer is needed for what it has already.
      await condition(() => hearing.isKnown || isSlow);
      if (!hearing.isOver) {
        await condition(() => hearing.isOver, Math.max(1, due - Date.now()), { summary: step });
      }
    }
    if (!hearing.isOver) return null;
    const heard = hearing.result();
    takeEvents(heard.map(({ position }) => position));
    return heard;
  } finally {
    hearings.delete(step);
    if (!hearing.isOver) {
      registering.cancel();
      await unlisten(step);
    }
  }
}

function register(input: ListenInput, onSlow: () => void): Promise<ListenOutcome> {
  const { step } = input;
  return runActivity<ListenInput, ListenOutcome>(() => ({
    type: eventActivities.listen,
    step,
    input,
    settings: eventSettings,
    onSlow,
  }));
}

/** An event for a step that does not wait is of no use: the log keeps it, and a step that begins later looks there. */
function listenForArrivals(): void {
  if (isListening) return;
  isListening = true;
  setHandler(
    defineSignal<[ArrivalMessage]>(arrivalSignal),
    ({ step, ...arrival }) => hearings.get(step)?.arrive(arrival),
    { description: 'Brings an event that a step waits for' },
  );
}

function eventOf(step: string, { event, bytes }: EventArrival): CloudEvent {
  if (bytes !== undefined) throw eventTooLarge(step, bytes);
  return event;
}
