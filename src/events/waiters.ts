/** Those who wait to be told of something, or for their time to be over. */
export class Waiters {
  readonly #waiting = new Set<() => void>();
  #isClosed = false;

  /** @param limit in milliseconds */
  async next(limit: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, limit);
      this.#waiting.add(done);
      signal.addEventListener('abort', done);
      if (signal.aborted || this.#isClosed) done();
    });
  }

  wake(): void {
    for (const done of this.#waiting) done();
  }

  /** No one waits from now on. */
  close(): void {
    this.#isClosed = true;
    this.wake();
  }
}
