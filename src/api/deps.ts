import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';

import type { Fault } from '../core/errors.ts';
import type { JsonObject } from '../core/json.ts';
import type { RunView } from '../core/run-state.ts';
import type { Project } from '../project/project.ts';
import type { EventLog } from '../events/event-log.ts';
import type { HistoryEvent } from '../temporal/read-history.ts';
import type { Sighting } from './live/run-watches.ts';

/** What the API is made of. */
export interface ApiDeps {
  readonly client: Client;
  readonly project: Project;
  readonly taskQueue: string;
  /** A worker shares the client's connection: ask Temporal to hand a new run straight to it. */
  readonly eagerStart: boolean;
  /** Largest body that is read, in bytes. */
  readonly bodyLimit: number;
  /** The address of Temporal's Web UI; `null` = not known. */
  readonly uiUrl: string | null;
  readonly log: Logger;
  readonly registry: Registry;
  /** `null` where no database is configured. */
  readonly eventLog: EventLog | null;
  /** @throws BatonError `run-not-found`, `temporal-unavailable` */
  readonly loadRunView: (id: string) => Promise<RunView>;
  /**
   * Sees the run again and again, at once when something happens, until it has ended or the signal is aborted.
   *
   * @throws BatonError `run-not-found`
   */
  readonly watchRunView: (id: string, signal: AbortSignal) => AsyncIterable<Sighting>;
  /**
   * All events of the run's latest execution.
   *
   * @throws BatonError `run-not-found`, `temporal-unavailable`
   */
  readonly readHistory: (id: string) => Promise<readonly HistoryEvent[]>;
  /**
   * Holds a value against a JSON Schema (2020-12); no faults = valid. `at` is put before every pointer.
   */
  readonly validate: (schema: JsonObject, value: unknown, at?: string) => readonly Fault[];
  /** What must work before this process should get requests, by name; a check that fails throws. */
  readonly checks: Readonly<Record<string, () => Promise<unknown>>>;
}
