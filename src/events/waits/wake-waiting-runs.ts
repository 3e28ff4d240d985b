import type { ArrivalMessage } from '../../core/run-events.ts';
import type { Queryable } from '../database.ts';
import type { RecordedEvent } from '../recorded-event.ts';
import { pairWaits, type Telling } from './pair-waits.ts';
import { dropWaits, endWaits, findWaits } from './wait-store.ts';

/**
 * Brings a run the event that it waits for.
 *
 * @returns `gone` when there is no such run, or it takes nothing any more
 * @throws BatonError `temporal-unavailable`
 */
export type TellRun = (workflowId: string, message: ArrivalMessage) => Promise<'told' | 'gone'>;

/** So many runs are told at once. */
const concurrency = 50;

/**
 * Tells the runs that wait for one of these events, and ends their waits. It asks PostgreSQL for all of them at once, by
 * an index, so it costs the same however many runs wait for other events.
 *
 * At least once: after a failure the same events may be given again, and a run that was told before knows the event by its
 * position. Waits are ended only when their run was told.
 *
 * @param events in their order
 * @throws BatonError `database-unavailable`, `temporal-unavailable`
 */
export async function wakeWaitingRuns(
  events: readonly RecordedEvent[],
  { database, tell }: { readonly database: Queryable; readonly tell: TellRun },
): Promise<void> {
  if (events.length === 0) return;
  const tellings = pairWaits(events, await findWaits(database, events));
  const { told, gone, failure } = await tellAll(tellings, tell);
  await endWaits(
    database,
    told.map(({ ends }) => ends),
  );
  await dropWaits(database, { workflowIds: [...new Set(gone.map(({ workflowId }) => workflowId))] });
  if (failure !== null) throw failure.error;
}

interface Told {
  readonly told: Telling[];
  readonly gone: Telling[];
  readonly failure: { readonly error: unknown } | null;
}

/** Tells some runs at once, and begins no further one after a failure. */
async function tellAll(tellings: readonly Telling[], tell: TellRun): Promise<Told> {
  const result: Record<'told' | 'gone', Telling[]> = { told: [], gone: [] };
  let failure: Told['failure'] = null;
  const rest = tellings.values();
  const tellOn = async (): Promise<void> => {
    for (let next = rest.next(); next.done !== true && failure === null; next = rest.next()) {
      try {
        result[await tell(next.value.workflowId, next.value.message)].push(next.value);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, tellings.length) }, tellOn));
  return { ...result, failure };
}
