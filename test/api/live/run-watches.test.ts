import { setImmediate as turn } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { RunWatches, type Sighting } from '../../../src/api/live/run-watches.ts';
import { BatonError } from '../../../src/core/errors.ts';
import type { RunView } from '../../../src/core/run-state.ts';

const view = (id: string): RunView => ({ id }) as RunView;
const never = (): AbortSignal => new AbortController().signal;

/** A source whose sightings a test brings one by one. */
function createSource(): {
  readonly watches: RunWatches;
  readonly opened: AbortSignal[];
  readonly see: (sighting: Sighting) => void;
  readonly end: () => void;
  readonly fail: (error: Error) => void;
} {
  const opened: AbortSignal[] = [];
  let controller: ReadableStreamDefaultController<Sighting>;
  const watches = new RunWatches((_id, signal) => {
    opened.push(signal);
    return new ReadableStream<Sighting>({
      start: (its) => {
        controller = its;
      },
    });
  });
  return {
    watches,
    opened,
    see: (sighting) => {
      controller.enqueue(sighting);
    },
    end: () => {
      controller.close();
    },
    fail: (error) => {
      controller.error(error);
    },
  };
}

describe('RunWatches', () => {
  it('opens one watch for all who watch a run, and shows each the same', async () => {
    const source = createSource();
    const watchers = Array.from({ length: 100 }, () => source.watches.watch('r-1', never()));
    const seen = Promise.all(watchers.map(async (watcher) => (await watcher.next()).value));
    source.see(view('1'));
    expect(new Set(await seen)).toEqual(new Set([view('1')]));
    expect(source.opened).toHaveLength(1);
  });

  it('shows who comes later what was seen last, at once', async () => {
    const source = createSource();
    const early = source.watches.watch('r-1', never());
    const first = early.next();
    source.see(view('1'));
    await first;
    const late = source.watches.watch('r-1', never());
    expect((await late.next()).value).toEqual(view('1'));
  });

  it('spares a slow watcher what came meanwhile, but not the last', async () => {
    const source = createSource();
    const slow = source.watches.watch('r-1', never());
    const first = slow.next();
    source.see(view('1'));
    await first;
    for (const id of ['2', '3', '4']) source.see(view(id));
    source.end();
    await turn();
    expect((await slow.next()).value).toEqual(view('4'));
    expect((await slow.next()).done).toBe(true);
  });

  it('shows a last sighting that came together with the end to who was waiting', async () => {
    const source = createSource();
    const watcher = source.watches.watch('r-1', never());
    const first = watcher.next();
    await turn();
    source.see(view('1'));
    source.end();
    expect((await first).value).toEqual(view('1'));
    expect((await watcher.next()).done).toBe(true);
  });

  it('ends the watch with the last of its watchers, also with one who never came back for more', async () => {
    const source = createSource();
    const staying = new AbortController();
    const waiting = source.watches.watch('r-1', staying.signal);
    const idle = new AbortController();
    const reader = source.watches.watch('r-1', idle.signal);
    const firsts = [waiting.next(), reader.next()];
    source.see(view('1'));
    await Promise.all(firsts);
    const next = waiting.next();
    idle.abort();
    expect(source.opened[0]?.aborted).toBe(false);
    staying.abort();
    expect((await next).done).toBe(true);
    expect(source.opened[0]?.aborted).toBe(true);
  });

  it('fails for all when the watch fails, and opens a new one for who comes then', async () => {
    const source = createSource();
    const watchers = [source.watches.watch('r-1', never()), source.watches.watch('r-1', never())];
    const outcomes = Promise.allSettled(watchers.map((watcher) => watcher.next()));
    await turn();
    const error = new BatonError('run-not-found', 'There is no run "r-1"');
    source.fail(error);
    expect(await outcomes).toEqual([
      { status: 'rejected', reason: error },
      { status: 'rejected', reason: error },
    ]);
    void source.watches.watch('r-1', never()).next();
    expect(source.opened).toHaveLength(2);
  });
});
