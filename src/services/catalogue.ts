import type { RetryPolicy } from '../core/retry-policy.ts';

/**
 * One operation of a service, as its catalogue and its OpenAPI document define it. Times in milliseconds. The name of
 * its activity is `service.operation`.
 */
export interface Operation {
  readonly service: string;
  readonly name: string;
  /** Its name in the OpenAPI document. */
  readonly operationId: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';
  /** Path template below the service's URL, e.g. `/reservations/{reservationId}`. */
  readonly path: string;
  /** How long one attempt may take. */
  readonly timeout: number;
  readonly retry: RetryPolicy;
  /** Answers in milliseconds: goes as a local activity first. */
  readonly quick: boolean;
}

/** Limits of the calls that one worker makes to one service at a time, so that one slow service cannot take them all. */
export interface Bulkhead {
  readonly concurrency: number;
  /** Calls a second; `null` = no limit. */
  readonly rate: number | null;
}

/** A header that carries a secret; the secret stays in the environment, the catalogue holds its name. */
export interface ServiceAuth {
  readonly header: string;
  /** Put before the secret, e.g. `Bearer `. */
  readonly prefix: string;
  /** Name of the environment variable. */
  readonly secret: string;
}

/** How `baton dev` starts a service on this machine. */
export interface DevService {
  /** Program and arguments; runs in the project's folder with PORT, and DATABASE_URL where a database is named. */
  readonly command: readonly string[];
  readonly database: string | null;
}

export interface Service {
  readonly name: string;
  /** Without a slash at the end. */
  readonly url: string;
  /** Path of the OpenAPI document, relative to the project. */
  readonly openapi: string;
  readonly auth: ServiceAuth | null;
  readonly bulkhead: Bulkhead;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly dev: DevService | null;
}

/** Every service that a project's processes may call, by name. */
export type Catalogue = Readonly<Record<string, Service>>;
