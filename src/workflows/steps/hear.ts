import { CancellationScope, condition, defineSignal, isCancellation, setHandler } from '@temporalio/workflow';

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
import { runActivity } from './activity-step.ts';
import { Hearing, type Wanted } from './hearing.ts';
import { takenEvents, takeEvents } from './taken-events.ts';
import { unlisten } from './unlisten.ts';

/** The steps that wait now, by name. */
const hearings = new Map<string, Hearing>();
let isListening = false;

/**
 * Waits until a step has the events that it wants: it looks back in the log, and then takes what signals bring.
 *
 * @returns what came, or `null` when the deadline passed before
 */
export async function hear(
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
