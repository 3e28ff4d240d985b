/**
 * How long a part waits at its start for a Temporal that is not there yet, in milliseconds: all parts of a deployment
 * start at once.
 */
export const startPatience = 60_000;
