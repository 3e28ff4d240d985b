/** How long a part waits at its start for a Temporal that is not there yet: all parts of a deployment start at once. */
export const startPatience = { timeout: 60_000 };
