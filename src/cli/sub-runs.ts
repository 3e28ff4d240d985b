import { runPath } from '../core/run-path.ts';
import type { RunResource } from '../core/run-resource.ts';
import type { ApiClient } from './client/api-client.ts';
import { ApiFailure } from './client/api-failure.ts';

/** A run that a step started, or why it cannot be seen; `null` = nothing has answered yet. */
export type SubRun = RunResource | { readonly unseen: string | null };

/** By id. */
export type SubRuns = ReadonlyMap<string, SubRun>;

/** How many runs below one another are opened, and how many in all: a process may start thousands. */
export const deepestSubRun = 3;
const mostSubRuns = 20;

interface Asking {
  /** What was seen before: a run that has ended is not asked for again. */
  readonly known?: SubRuns;
  readonly signal?: AbortSignal;
}

/**
 * Asks for the runs that the steps of a run started, and for theirs, the upper ones first.
 *
 * @returns as many as are shown; one that cannot be seen takes no other away
 */
export async function loadSubRuns(
  api: ApiClient,
  run: RunResource,
  { known = new Map(), signal }: Asking = {},
): Promise<SubRuns> {
  const found = new Map<string, SubRun>();
  let level: readonly RunResource[] = [run];
  for (let depth = 0; depth < deepestSubRun && level.length > 0; depth++) {
    const ids = new Set(level.flatMap(startedBy).filter((id) => id !== run.id && !found.has(id)));
    const asked = [...ids].slice(0, mostSubRuns - found.size);
    const answers = await Promise.all(
      asked.map(async (id) => [id, await loadSubRun(api, id, { known, signal })] as const),
    );
    for (const [id, answer] of answers) found.set(id, answer);
    level = answers.flatMap(([, answer]) => ('unseen' in answer ? [] : [answer]));
  }
  return found;
}

async function loadSubRun(
  api: ApiClient,
  id: string,
  { known, signal }: { readonly known: SubRuns; readonly signal: AbortSignal | undefined },
): Promise<SubRun> {
  const before = known.get(id);
  if (before !== undefined && 'closedAt' in before && before.closedAt !== null) return before;
  try {
    return (await api.ask<RunResource>('GET', runPath(id), { signal })).body;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return { unseen: error.message };
  }
}

function startedBy({ steps }: RunResource): readonly string[] {
  return steps.flatMap((step) => (step.run ? [step.run.id] : []));
}

/** The runs below one that is watched. No stream tells of them: they are asked for anew while one of them is open. */
export class WatchedSubRuns {
  readonly #api: ApiClient;
  readonly #onNews: () => void;
  readonly #closing = new AbortController();
  #latest: SubRuns = new Map();
  #looking: Promise<void> | null = null;
  /** The run as it became while its sub-runs were asked for. */
  #next: RunResource | null = null;

  /** @param onNews is called when answers have come */
  constructor(api: ApiClient, onNews: () => void) {
    this.#api = api;
    this.#onNews = onNews;
  }

  /** What is known by now. */
  get latest(): SubRuns {
    return this.#latest;
  }

  /**
   * Asks for the runs below a run as it is now: one look at a time, and the newest run once more behind it.
   *
   * @returns when all have answered
   */
  look(run: RunResource): Promise<void> {
    this.#latest = withAwaited(this.#latest, run);
    this.#next = run;
    this.#looking ??= this.#lookOn();
    return this.#looking;
  }

  /** The same, where it may have something new to tell and nothing is asked yet. */
  lookAgain(run: RunResource): void {
    const mayChange = [...this.#latest.values()].some(
      (subRun) => 'unseen' in subRun || subRun.closedAt === null,
    );
    if (mayChange && this.#looking === null) void this.look(run);
  }

  /** Lets go of what was asked; nothing is told any more. */
  close(): void {
    this.#closing.abort();
  }

  async #lookOn(): Promise<void> {
    const { signal } = this.#closing;
    try {
      for (let run = this.#takeNext(); run !== null; run = this.#takeNext()) {
        const found = await loadSubRuns(this.#api, run, { known: this.#latest, signal });
        if (signal.aborted) return;
        this.#latest = this.#next === null ? found : withAwaited(found, this.#next);
        this.#onNews();
      }
    } finally {
      this.#looking = null;
    }
  }

  #takeNext(): RunResource | null {
    const next = this.#next;
    this.#next = null;
    return next;
  }
}

/** What is known, and the runs below that have not been asked for yet. */
function withAwaited(known: SubRuns, run: RunResource): SubRuns {
  const fresh = startedBy(run).filter((id) => id !== run.id && !known.has(id));
  const shown = fresh.slice(0, Math.max(mostSubRuns - known.size, 0));
  return new Map([...known, ...shown.map((id) => [id, { unseen: null }] as const)]);
}
