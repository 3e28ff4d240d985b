import { afterAll, beforeAll, expect, vi } from 'vitest';

import { type RunningConsumers, runConsumers } from '../../../src/events/consumers/run-consumers.ts';
import type { EventLog } from '../../../src/events/event-log.ts';
import { consumeReadModels } from '../../../src/events/read-models/consume-read-models.ts';
import type { Definition } from '../../../src/events/read-models/definition.ts';
import { findReadModel, type ReadModelState } from '../../../src/events/read-models/find-read-model.ts';
import { listRows, type ReadModelRow } from '../../../src/events/read-models/read-rows.ts';
import { registerReadModels } from '../../../src/events/read-models/register-read-models.ts';
import type { RecordedEvent } from '../../../src/events/recorded-event.ts';
import type { WakeUp } from '../../../src/events/wake-up.ts';
import { type LogLab, openLogLab, silent } from '../lab.ts';

export const soon = { timeout: 20_000, interval: 20 };

/** A log with read models, in a database of its own for each test that asks for one. */
export interface ModelLab {
  readonly log: EventLog;
  /** Registers definitions, and fills them in a process of their own as far as the database can tell. */
  readonly deliver: (...definitions: readonly Definition[]) => Promise<RunningConsumers>;
  /** The same, where no look comes without being woken: what happens then is not by chance. */
  readonly deliverWoken: (...definitions: readonly Definition[]) => Promise<RunningConsumers>;
  readonly stop: (consumers: RunningConsumers) => Promise<void>;
  readonly state: (readModel?: string) => Promise<ReadModelState>;
  /** Waits until readers see the model, and it holds every event of the log. */
  readonly isAtTheEnd: (readModel?: string) => Promise<void>;
  readonly rows: (readModel?: string) => Promise<readonly ReadModelRow[]>;
  readonly events: () => Promise<readonly RecordedEvent[]>;
}

/** Opens a PostgreSQL for a test file, and closes it with the file. */
export function useModelLab(): { open(): Promise<ModelLab> } {
  let lab: LogLab | undefined;
  const running = new Set<RunningConsumers>();
  beforeAll(async () => {
    lab = await openLogLab();
  });
  afterAll(async () => {
    await Promise.all([...running].map((consumers) => consumers.stop()));
    await lab?.close();
  });
  return {
    open: async () => {
      if (lab === undefined) throw new Error('there is no lab yet');
      return openModelLab(await lab.open(), running);
    },
  };
}

function openModelLab(log: EventLog, running: Set<RunningConsumers>): ModelLab {
  const { database } = log;
  const deliver = async (wakeUp: WakeUp, definitions: readonly Definition[]): Promise<RunningConsumers> => {
    await registerReadModels(database, definitions);
    const consumeBy = consumeReadModels(definitions, { database, wakeUp, log: silent });
    const consumers = runConsumers({ ...log, log: silent, consumeBy });
    running.add(consumers);
    return consumers;
  };
  const state = async (name = 'orders'): Promise<ReadModelState> => findReadModel(database, name);
  return {
    log,
    deliver: async (...definitions) => deliver(log.wakeUp, definitions),
    deliverWoken: async (...definitions) => {
      const next: WakeUp['next'] = async (_limit, signal) => log.wakeUp.next(3_600_000, signal);
      return deliver({ ...log.wakeUp, next }, definitions);
    },
    stop: async (consumers) => {
      running.delete(consumers);
      await consumers.stop();
    },
    state,
    isAtTheEnd: async (name) => {
      const head = await log.head();
      // Also in hooks, where expect.poll is not to be had.
      await vi.waitFor(async () => {
        expect((await state(name)).current?.position).toBeGreaterThanOrEqual(head);
      }, soon);
    },
    rows: async (readModel = 'orders') => {
      const { signal } = new AbortController();
      const { rows } = await listRows(database, { readModel, signal, filter: {}, limit: 100_000 });
      return rows;
    },
    events: async () => (await log.read({ after: 0, limit: 1_000_000 })).events,
  };
}

export function toMap(rows: readonly ReadModelRow[]): ReadonlyMap<string, unknown> {
  return new Map(rows.map(({ key, row }) => [key, row]));
}
