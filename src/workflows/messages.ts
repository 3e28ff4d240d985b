/**
 * The messages that a run takes. A decision is an update named like the decision. Its update id is made of the request's
 * `Idempotency-Key`, so that a repeated request acts once, see {@link updateId}. This file is all that the API sees of
 * the workflows.
 */

/** Update that settles a stuck step; see {@link Steering}. */
export const steerUpdate = 'baton.steer';

/**
 * `retry`: try the stuck step or undo again; `undo`: stop waiting for the step and undo the saga; `give-up`: leave
 * things as they are and fail the run.
 */
export const steeringActions = ['retry', 'undo', 'give-up'] as const;

/**
 * Updates that hold a run before its next step, and let it go on. They have no argument and answer with the state that
 * the run is in then.
 */
export const pauseUpdates = { pause: 'baton.pause', resume: 'baton.resume' } as const;

export interface Steering {
  readonly action: (typeof steeringActions)[number];
  /** Name of the stuck step, or `undo:` and the step whose undo is stuck; left out: every one that is stuck. */
  readonly step?: string;
}

/**
 * The id of an update. Temporal gives the first answer again for an id that it knows; with the hash in the id, another
 * message under a known key gets as far as the run, which refuses it.
 *
 * @param hash SHA-256, in hex, of the message
 */
export function updateId(update: string, idempotencyKey: string, hash: string): string {
  return `${update}:${idempotencyKey}#${hash}`;
}

/** @returns what {@link updateId} put before the hash; `null` for an id that another client of Temporal chose */
export function messageKey(id: string): string | null {
  return /^(.*)#[0-9a-f]{64}$/.exec(id)?.[1] ?? null;
}
