import type { RunView } from '../../core/run-state.ts';
import { changeBetween } from '../../runs/run-change.ts';
import { toProblem } from '../problem.ts';
import { type LinkBase, toRunResource } from '../run-resource.ts';
import type { Sighting } from './run-watches.ts';
import { serverSentEvent } from './server-sent-event.ts';
import { withHeartbeats } from './with-heartbeats.ts';

/** What is watched, and its first sighting, which showed that there is something to see. */
interface Watch {
  readonly sightings: AsyncIterator<Sighting, void>;
  readonly first: IteratorResult<Sighting, void>;
  readonly linkBase: LinkBase;
  /** Aborted when no one reads any more, or this process stops: the run goes on without the reader. */
  readonly signal: AbortSignal;
}

/**
 * Tells what watchers see as Server-Sent Events: `snapshot` with the whole run, `change` with what is new since,
 * `problem` while the run cannot be seen, and `end` after the last change of a run that has ended.
 *
 * What comes while a slow reader has not taken the last event is told at once, as one change.
 */
export function streamRun(watch: Watch): AsyncGenerator<string, void> {
  return withHeartbeats(tellRun(watch));
}

async function* tellRun({ sightings, first, linkBase, signal }: Watch): AsyncGenerator<string, void> {
  try {
    let shown: RunView | null = null;
    for (let result = first; result.done !== true; result = await sightings.next()) {
      const sighting = result.value;
      if ('away' in sighting) {
        yield serverSentEvent('problem', toProblem(sighting.away, 'stream'));
        shown = null;
      } else {
        const event = tell(shown, sighting, linkBase);
        if (event !== null) yield event;
        shown = sighting;
      }
    }
    if (!signal.aborted) yield serverSentEvent('end', {});
  } finally {
    await sightings.return?.();
  }
}

function tell(before: RunView | null, now: RunView, linkBase: LinkBase): string | null {
  const change = before === null ? 'all' : changeBetween(before, now);
  if (change === null) return null;
  return change === 'all'
    ? serverSentEvent('snapshot', toRunResource(linkBase, now))
    : serverSentEvent('change', change);
}
