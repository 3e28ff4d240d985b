import type { Client } from '@temporalio/client';

import type { CloudEvent } from '../../src/core/cloud-event.ts';
import { BatonError } from '../../src/core/errors.ts';
import { matchesPattern } from '../../src/core/event-pattern.ts';
import {
  arrivalSignal,
  type ListenInput,
  type ListenOutcome,
  type RunEvents,
} from '../../src/core/run-events.ts';
import type { RecordedEvent } from '../../src/events/recorded-event.ts';
import { pairWaits, type Telling } from '../../src/events/waits/pair-waits.ts';
import { toOutcome } from '../../src/events/waits/to-outcome.ts';
import type { Wait } from '../../src/events/waits/wait-store.ts';

/** An event as a test says it; what is left out does not matter. */
type Said = Partial<CloudEvent> & Pick<CloudEvent, 'type'>;

/** An event log in memory, for the runs of a laboratory: it looks back and wakes them as the real one does. */
export class MemoryEvents implements RunEvents {
  readonly recorded: RecordedEvent[] = [];
  /** What runs wait for now. */
  waits: Wait[] = [];
  /** While this is set nothing can be had of the log. */
  isAway = false;
  readonly #client: Client;
  /** Milliseconds since 1970, by the server's clock: it may have skipped time. */
  readonly #now: () => Promise<number>;

  constructor(client: Client, now: () => Promise<number>) {
    this.#client = client;
    this.#now = now;
  }

  /** The events that runs have emitted, and those of the test. */
  get events(): readonly CloudEvent[] {
    return this.recorded.map(({ event }) => event);
  }

  reset(): void {
    this.recorded.length = 0;
    this.waits = [];
    this.isAway = false;
  }

  /** Appends an event, and tells the runs that wait for it. */
  async append(said: Said): Promise<RecordedEvent> {
    const event: CloudEvent = { specversion: '1.0', id: crypto.randomUUID(), source: '/test', ...said };
    const known = this.recorded.find((one) => one.event.id === event.id && one.event.source === event.source);
    const recordedAt = new Date(await this.#now()).toISOString();
    const recorded = known ?? { position: this.recorded.length + 1, recordedAt, event };
    if (known === undefined) this.recorded.push(recorded);
    await this.wake([recorded]);
    return recorded;
  }

  /** Tells the runs that wait for one of these events; again, where it was done before. */
  async wake(events: readonly RecordedEvent[]): Promise<void> {
    for (const telling of pairWaits(events, this.waits)) {
      await this.tell(telling);
      const { step, registration, part } = telling.ends;
      this.waits = this.waits.filter(
        (wait) =>
          wait.step !== step || wait.registration !== registration || (part !== null && wait.part !== part),
      );
    }
  }

  async tell({ workflowId, message }: Pick<Telling, 'workflowId' | 'message'>): Promise<void> {
    await this.#client.workflow.getHandle(workflowId).signal(arrivalSignal, message);
  }

  async emit(event: CloudEvent): Promise<number> {
    this.#assertThere();
    return (await this.append(event)).position;
  }

  listen(
    workflowId: string,
    { step, patterns, needsAll, since, taken }: ListenInput,
  ): Promise<ListenOutcome> {
    this.#assertThere();
    const after = 'position' in since ? since.position : this.#positionBefore(since.time);
    const registration = crypto.randomUUID();
    const found = patterns.flatMap((pattern, part) => {
      const recorded = this.recorded.find(
        ({ position, event }) =>
          position > after && !taken.includes(position) && matchesPattern(pattern, event),
      );
      return recorded === undefined ? [] : [{ part, recorded }];
    });
    const outcome = toOutcome({ patterns, needsAll }, found);
    const waits = outcome.awaited.map(({ part, ...pattern }) => ({
      ...{ workflowId, step, part, registration, needsAll, pattern, after, taken },
    }));
    this.waits = [...this.#without(workflowId, step), ...waits];
    return Promise.resolve(outcome);
  }

  unlisten(workflowId: string, step: string): Promise<void> {
    this.#assertThere();
    this.waits = this.#without(workflowId, step);
    return Promise.resolve();
  }

  #without(workflowId: string, step: string): Wait[] {
    return this.waits.filter((wait) => wait.workflowId !== workflowId || wait.step !== step);
  }

  #positionBefore(time: string): number {
    const first = this.recorded.find(({ recordedAt }) => recordedAt >= time);
    return first === undefined ? this.recorded.length : first.position - 1;
  }

  #assertThere(): void {
    if (this.isAway)
      throw new BatonError('database-unavailable', 'PostgreSQL does not answer (a test says so)');
  }
}
