import type { Decision } from '../core/decision.ts';
import type { DeclaredStep } from '../core/declared-step.ts';
import type { Json, JsonObject } from '../core/json.ts';
import type { ExpectationRule } from '../correlations/expectation-rule.ts';
import type { DeclaredSubscription } from '../events/subscriptions/declare-subscription.ts';
import type { Catalogue } from '../services/catalogue.ts';

/**
 * A process in TypeScript: a workflow function in `processes/{name}.ts`, exported under the file's name in camel case,
 * and the manifest `processes/{name}.manifest.yaml` beside it, which the API reads without running any code.
 */
export interface Process {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** JSON Schema (2020-12). */
  readonly inputSchema: JsonObject;
  /** An input that works. */
  readonly example: Json;
  readonly decisions: Readonly<Record<string, Decision>>;
  readonly graph: readonly DeclaredStep[];
  /** Absolute path of the TypeScript (or JavaScript) module. */
  readonly module: string;
  /** Name of the function that the module exports. */
  readonly exportName: string;
}

/** A type of events that the team declares. */
interface EventType {
  /** The event's `type`. */
  readonly name: string;
  readonly title: string;
  /** JSON Schema (2020-12) of the event's data; `null` = any data. */
  readonly schema: JsonObject | null;
}

/** What a project says of events, in `events.yaml`. */
export interface ProjectEvents {
  /** Events of other types are taken too, as they are. */
  readonly types: Readonly<Record<string, EventType>>;
  /** Made when a deliverer starts, by name. */
  readonly subscriptions: Readonly<Record<string, DeclaredSubscription>>;
  /** Which reactions are missed when they do not come. */
  readonly expectations: readonly ExpectationRule[];
}

/**
 * A read model: a definition in `read-models/{name}.ts`, exported under the file's name in camel case. Only the process that
 * fills it runs the module.
 */
export interface ReadModelFile {
  readonly name: string;
  /** Absolute path of the TypeScript (or JavaScript) module. */
  readonly module: string;
  readonly exportName: string;
}

/** A team's folder: its catalogue of services, its processes, its events and its read models. */
export interface Project {
  /** Absolute path. */
  readonly dir: string;
  readonly catalogue: Catalogue;
  readonly processes: Readonly<Record<string, Process>>;
  readonly events: ProjectEvents;
  /** By name. */
  readonly readModels: readonly ReadModelFile[];
}
