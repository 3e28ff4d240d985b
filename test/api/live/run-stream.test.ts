import { afterEach, describe, expect, it, vi } from 'vitest';

import { streamRun } from '../../../src/api/live/run-stream.ts';
import type { Sighting } from '../../../src/api/live/run-watches.ts';
import { BatonError } from '../../../src/core/errors.ts';
import type { RunView } from '../../../src/core/run-state.ts';

const view = (status: string): RunView =>
  ({ id: 'r-1', status, startedAt: '', steps: [] }) as unknown as RunView;
const linkBase = { uiUrl: null, namespace: 'default' };

async function open(
  sightings: AsyncGenerator<Sighting, void>,
  signal = new AbortController().signal,
): Promise<AsyncGenerator<string, void>> {
  return streamRun({ sightings, first: await sightings.next(), linkBase, signal });
}

async function typesOf(stream: AsyncIterable<string>): Promise<readonly string[]> {
  const types: string[] = [];
  for await (const event of stream) types.push(/^event: (\w+)\ndata: .*\n\n$/.exec(event)?.[1] ?? event);
  return types;
}

async function* see(...sightings: readonly Sighting[]): AsyncGenerator<Sighting, void> {
  for (const sighting of sightings) yield Promise.resolve(sighting);
}

afterEach(() => {
  vi.useRealTimers();
});

describe('streamRun', () => {
  it('tells the whole run first, then what changes, then the end', async () => {
    const stream = await open(see(view('running'), view('running'), view('completed')));
    expect(await typesOf(stream)).toEqual(['snapshot', 'change', 'end']);
  });

  it('says why the run cannot be seen for the moment', async () => {
    const away = new BatonError('temporal-unavailable', 'Temporal does not answer');
    const stream = await open(see(view('running'), { away }, view('running')));
    const events: string[] = [];
    for await (const event of stream) events.push(event);
    expect(events[1]).toMatch(/^event: problem\ndata: .*"code":"temporal-unavailable"/);
    // Otherwise no one would learn that it can be seen again.
    expect(events[2]).toMatch(/^event: snapshot\n/);
  });

  it('does not call it the end when only the reader goes', async () => {
    const gone = new AbortController();
    const stream = await open(see(view('running')), gone.signal);
    await stream.next();
    gone.abort();
    expect((await stream.next()).done).toBe(true);
  });

  it('keeps a silent connection open, and loses nothing that comes then', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const later: { tell?: () => void } = {};
    async function* slowly(): AsyncGenerator<Sighting, void> {
      yield view('running');
      await new Promise<void>((resolve) => {
        later.tell = resolve;
      });
      yield view('completed');
    }
    const stream = await open(slowly());
    await stream.next();
    for (let beats = 0; beats < 2; beats += 1) {
      const next = stream.next();
      await vi.advanceTimersByTimeAsync(15_000);
      expect((await next).value).toBe(':\n\n');
    }
    later.tell?.();
    expect((await stream.next()).value).toMatch(/^event: change\n/);
  });

  it('ends the watch when the reader goes', async () => {
    let hasEnded = false;
    async function* watch(): AsyncGenerator<Sighting, void> {
      try {
        yield* see(view('running'), view('completed'));
      } finally {
        hasEnded = true;
      }
    }
    const stream = await open(watch());
    await stream.next();
    await stream.return();
    expect(hasEnded).toBe(true);
  });
});
