import { runPath } from '../core/run-path.ts';
import type { RunResource } from '../core/run-resource.ts';
import type { ApiClient } from './client/api-client.ts';
import { ApiFailure } from './client/api-failure.ts';

/** A run that a step started, or why it cannot be seen. */
export type SubRun = RunResource | { readonly unseen: string };

/** By id. */
export type SubRuns = ReadonlyMap<string, SubRun>;

/** How many runs below one another are opened, and how many in all: a process may start thousands. */
export const deepestSubRun = 3;
const mostSubRuns = 20;

/**
 * Asks for the runs that the steps of a run started, and for theirs, the upper ones first.
 *
 * @param known what was seen before: a run that has ended is not asked for again
 * @returns as many as are shown; one that cannot be seen takes no other away
 */
export async function loadSubRuns(
  api: ApiClient,
  run: RunResource,
  known: SubRuns = new Map(),
): Promise<SubRuns> {
  const found = new Map<string, SubRun>();
  let level: readonly RunResource[] = [run];
  for (let depth = 0; depth < deepestSubRun && level.length > 0; depth++) {
    const ids = new Set(level.flatMap(startedBy).filter((id) => id !== run.id && !found.has(id)));
    const asked = [...ids].slice(0, mostSubRuns - found.size);
    const answers = await Promise.all(
      asked.map(async (id) => [id, await loadSubRun(api, id, known)] as const),
    );
    for (const [id, answer] of answers) found.set(id, answer);
    level = answers.flatMap(([, answer]) => ('unseen' in answer ? [] : [answer]));
  }
  return found;
}

async function loadSubRun(api: ApiClient, id: string, known: SubRuns): Promise<SubRun> {
  const before = known.get(id);
  if (before !== undefined && 'closedAt' in before && before.closedAt !== null) return before;
  try {
    return (await api.ask<RunResource>('GET', runPath(id))).body;
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
  #latest: SubRuns = new Map();
  #looking: Promise<void> | null = null;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  get latest(): SubRuns {
    return this.#latest;
  }

  /** Asks for the runs below a run as it is now. */
  async look(run: RunResource): Promise<void> {
    await this.#looking;
    this.#latest = await loadSubRuns(this.#api, run, this.#latest);
  }

  /** The same, where it may have something new to tell, and one look at a time. */
  lookAgain(run: RunResource): void {
    const mayChange = [...this.#latest.values()].some(
      (subRun) => 'unseen' in subRun || subRun.closedAt === null,
    );
    if (!mayChange || this.#looking !== null) return;
    this.#looking = this.look(run).finally(() => {
      this.#looking = null;
    });
  }
}
