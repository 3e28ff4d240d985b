import type { JsonObject } from './json.ts';

/** A decision that a run may wait for, and what the person who takes it sends. */
export interface Decision {
  readonly name: string;
  readonly title: string;
  /** JSON Schema (2020-12) of the body of `POST /v1/runs/{id}/signals/{name}`. */
  readonly schema: JsonObject;
}
