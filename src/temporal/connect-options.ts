/** How long a connection is tried, in milliseconds. */
export const defaultTimeout = 5_000;

export interface ConnectOptions {
  /** How long to wait for a server that does not answer yet, in milliseconds. */
  readonly timeout?: number;
  /** Gives the connecting up. */
  readonly signal?: AbortSignal | undefined;
}
