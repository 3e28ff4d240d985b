import type { Duration } from '../core/duration.ts';
import type { RetryPolicy } from '../core/retry-policy.ts';
import type { Catalogue, Operation } from './catalogue.ts';

/** What a process may say of one call beside its request. Everything left out is as the catalogue says. */
export interface CallOptions {
  /**
   * Name of the step, unique in the run; a part of its idempotency key, so that renaming it makes it another step.
   * Left out, it is made of the operation's name.
   */
  readonly step?: string;
  /** How long one attempt may take. */
  readonly timeout?: Duration;
  /** How the call is tried again; times in milliseconds. */
  readonly retry?: Partial<RetryPolicy>;
  /** Answers in milliseconds: goes as a local activity first. */
  readonly quick?: boolean;
}

/** What the catalogue says of an operation, as far as a workflow needs it. Times in milliseconds. */
export type CatalogueCallOptions = Pick<Operation, 'timeout' | 'retry' | 'quick'>;

/**
 * The part of a catalogue that is frozen into the workflows' bundle, by `service.operation`; plain JSON. A run must see
 * the same at every replay: `quick` decides which command a call becomes.
 */
export function callOptions(catalogue: Catalogue): Readonly<Record<string, CatalogueCallOptions>> {
  return Object.fromEntries(
    Object.values(catalogue).flatMap((service) =>
      Object.values(service.operations).map(({ name, timeout, retry, quick }) => [
        `${service.name}.${name}`,
        { timeout, retry, quick },
      ]),
    ),
  );
}
