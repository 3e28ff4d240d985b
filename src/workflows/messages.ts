/**
 * The messages that a run takes. A decision is an update named like the decision; its update id is the request's
 * `Idempotency-Key`, so that a repeated request acts once. This file is all that the API sees of the workflows.
 */

/** Update that settles a stuck step; see {@link Steering}. */
export const steerUpdate = 'baton.steer';

/**
 * `retry`: try the stuck step or undo again; `undo`: stop waiting for the step and undo the saga; `give-up`: leave
 * things as they are and fail the run.
 */
export const steeringActions = ['retry', 'undo', 'give-up'] as const;

export interface Steering {
  readonly action: (typeof steeringActions)[number];
}
