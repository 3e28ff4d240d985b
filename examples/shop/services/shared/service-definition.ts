import type { Reaction } from './events/reaction.ts';
import type { Refusals } from './events/refusals.ts';
import type { Change, Read } from './operation.ts';

/** What makes a service of the shop itself; all else is the same for all of them. */
export interface ServiceDefinition {
  readonly name: string;
  /** Where its openapi.yaml and its schema.sql are. */
  readonly folder: URL;
  /** Its operations by operationId. Method and path are in its document, and nowhere else. */
  readonly reads: Readonly<Record<string, Read<never>>>;
  readonly changes: Readonly<Record<string, Change<never>>>;
  /** What it does about events of others, by their type. */
  readonly reactions: Readonly<Record<string, Reaction>>;
  readonly refusals: Refusals;
  /** The environment variable with the key that callers must bring; without a value, none is asked for. */
  readonly apiKeyVariable?: string;
}
