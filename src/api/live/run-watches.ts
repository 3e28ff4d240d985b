import { EventEmitter, once } from 'node:events';

import type { BatonError } from '../../core/errors.ts';
import type { RunView } from '../../core/run-state.ts';

/** What a watcher sees: the run, or why it cannot be seen for the moment. */
export type Sighting = RunView | { readonly away: BatonError };

type Open = (id: string, signal: AbortSignal) => AsyncIterable<Sighting>;

/**
 * The runs that are being watched. All who watch one run share one watch; it ends with the last of them.
 *
 * A watcher that is slow is spared what came meanwhile: it sees the latest.
 */
export class RunWatches {
  readonly #open: Open;
  readonly #shared = new Map<string, SharedWatch>();

  constructor(open: Open) {
    this.#open = open;
  }

  /** How many runs are watched now, and by how many. */
  get counts(): { readonly runs: number; readonly watchers: number } {
    const watchers = [...this.#shared.values()].reduce((sum, shared) => sum + shared.watchers.size, 0);
    return { runs: this.#shared.size, watchers };
  }

  /**
   * @param signal ends the watch, without an error
   * @throws BatonError `run-not-found`; whatever the watch itself throws
   */
  async *watch(id: string, signal: AbortSignal): AsyncGenerator<Sighting, void> {
    const shared = this.#sharedWatch(id);
    const watcher = Symbol(id);
    shared.watchers.add(watcher);
    const leave = (): void => {
      signal.removeEventListener('abort', leave);
      this.#leave(id, { shared, watcher });
    };
    // Also a watcher who never came back for more leaves by it.
    signal.addEventListener('abort', leave);
    try {
      for (let seen = 0; !signal.aborted;) {
        if (shared.latest !== null && shared.count > seen) {
          seen = shared.count;
          yield shared.latest;
        } else if (shared.end === null) {
          await shared.news(signal);
        } else {
          if ('failure' in shared.end) throw shared.end.failure;
          return;
        }
      }
    } finally {
      leave();
    }
  }

  #sharedWatch(id: string): SharedWatch {
    const known = this.#shared.get(id);
    if (known?.end === null) return known;
    const made = new SharedWatch((signal) => this.#open(id, signal));
    this.#shared.set(id, made);
    return made;
  }

  #leave(id: string, { shared, watcher }: { shared: SharedWatch; watcher: symbol }): void {
    shared.watchers.delete(watcher);
    if (shared.watchers.size > 0) return;
    shared.stop();
    if (this.#shared.get(id) === shared) this.#shared.delete(id);
  }
}

/** One watch and what it saw last. */
class SharedWatch {
  readonly watchers = new Set<symbol>();
  latest: Sighting | null = null;
  /** Of all sightings so far. */
  count = 0;
  /** Set when nothing more comes. */
  end: { readonly failure?: unknown } | null = null;
  readonly #news = new EventEmitter().setMaxListeners(0);
  readonly #stopping = new AbortController();

  constructor(open: (signal: AbortSignal) => AsyncIterable<Sighting>) {
    void this.#follow(open(this.#stopping.signal));
  }

  /** Waits for the next sighting, the end, or the signal. */
  async news(signal: AbortSignal): Promise<void> {
    await once(this.#news, 'news', { signal }).catch(() => undefined);
  }

  stop(): void {
    this.#stopping.abort();
  }

  async #follow(sightings: AsyncIterable<Sighting>): Promise<void> {
    try {
      for await (const sighting of sightings) {
        this.latest = sighting;
        this.count += 1;
        this.#news.emit('news');
      }
      this.end = {};
    } catch (failure) {
      this.end = { failure };
    }
    this.#news.emit('news');
  }
}
