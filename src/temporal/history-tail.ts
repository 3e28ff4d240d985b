import type { Client } from '@temporalio/client';

import { type Execution, type HistoryPage, pollHistory } from './poll-history.ts';
import type { HistoryEvent } from './read-history.ts';

/** The history of one execution, read along as it grows, by one long poll after another. */
export class HistoryTail {
  readonly #client: Client;
  readonly #execution: Execution;
  readonly #signal: AbortSignal;
  /** By id: an event of a workflow task in flight comes again, as what it became. */
  readonly #events = new Map<string, HistoryEvent>();
  #token: Uint8Array | undefined;
  /** The poll under way; none before the first, and none after the last page. */
  #poll: Promise<void> | null = null;

  /** @param signal ends all polling */
  constructor(client: Client, execution: Execution, signal: AbortSignal) {
    this.#client = client;
    this.#execution = execution;
    this.#signal = signal;
  }

  /** @returns that many events from the beginning, once there are as many; fewer when polling has ended */
  async upTo(length: number): Promise<readonly HistoryEvent[]> {
    await this.longerThan(length - 1);
    return [...this.#events.values()].slice(0, length);
  }

  /** Waits until there are more events than that, or no more can come. */
  async longerThan(length: number): Promise<void> {
    while (this.#events.size <= length && !this.#hasEnded()) {
      this.#poll ??= this.#readPage();
      await this.#poll;
    }
  }

  #hasEnded(): boolean {
    return this.#signal.aborted || this.#token?.length === 0;
  }

  async #readPage(): Promise<void> {
    try {
      const from = { execution: this.#execution, token: this.#token };
      const page: HistoryPage | null = await pollHistory(this.#client, from, this.#signal);
      if (page === null) return;
      for (const event of page.events) this.#events.set(String(event.eventId), event);
      this.#token = page.token;
    } finally {
      this.#poll = null;
    }
  }
}
