import { afterEach, describe, expect, it, vi } from 'vitest';

import { streamEvents } from '../../../src/api/events/event-stream.ts';
import { BatonError } from '../../../src/core/errors.ts';
import type { EventLog } from '../../../src/events/event-log.ts';
import type { EventPage } from '../../../src/events/read-events.ts';
import { sampleEvent } from '../../events/lab.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** What one opening of the log gives: pages, then an end of it or an error. */
type Opening = readonly (EventPage | BatonError)[];

const away = new BatonError('database-unavailable', 'PostgreSQL does not answer');

function page(...positions: readonly number[]): EventPage {
  const events = positions.map((position) => ({ position, recordedAt: '', event: sampleEvent() }));
  return { events, next: positions.at(-1) ?? 0, head: positions.at(-1) ?? 0 };
}

/** A log that gives the next opening each time that it is followed, then waits for the signal. */
function scriptedLog(...openings: readonly Opening[]): {
  readonly log: Pick<EventLog, 'follow'>;
  readonly followed: readonly number[];
} {
  const followed: number[] = [];
  const log: Pick<EventLog, 'follow'> = {
    follow: async function* ({ after, signal }) {
      for (const step of openings[followed.push(after) - 1] ?? []) {
        if (step instanceof BatonError) throw step;
        yield await Promise.resolve(step);
      }
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
    },
  };
  return { log, followed };
}

function open(log: Pick<EventLog, 'follow'>, after = 7): AsyncGenerator<string, void> {
  return streamEvents({ log, after, filter: {}, signal: new AbortController().signal });
}

async function take(stream: AsyncGenerator<string, void>, count: number): Promise<readonly string[]> {
  const taken: string[] = [];
  while (taken.length < count) taken.push((await stream.next()).value ?? 'the end');
  return taken.map((text) => /^id: \d+\n(?=\n)|^id: \d+|^event: \w+|^:/.exec(text)?.[0].trim() ?? text);
}

describe('streamEvents', () => {
  it('tells first where it begins, then each event with its position as id', async () => {
    const { log, followed } = scriptedLog([page(8, 9), page(12)]);
    expect(await take(open(log), 4)).toEqual(['id: 7', 'id: 8', 'id: 9', 'id: 12']);
    expect(followed).toEqual([7]);
  });

  it('says once that PostgreSQL is away, and goes on behind what was told', async () => {
    const { log, followed } = scriptedLog([page(8), away], [away], [page(9), away], []);
    const stream = open(log);
    expect(await take(stream, 3)).toEqual(['id: 7', 'id: 8', 'event: problem']);
    expect(await take(stream, 2)).toEqual(['id: 9', 'event: problem']);
    expect(followed).toEqual([7, 8, 8]);
  });

  it('fails for anything else', async () => {
    const { log } = scriptedLog([new BatonError('internal', 'broken')]);
    const stream = open(log);
    await stream.next();
    await expect(stream.next()).rejects.toThrow('broken');
  });

  it('tells now and then how far it is while nothing fits, so that a reader that comes back need not begin there', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const moved = (next: number): EventPage => ({ events: [], next, head: next });
    async function* follow(): AsyncGenerator<EventPage, void> {
      for (const next of [50, 60, 70]) {
        vi.advanceTimersByTime(6_000);
        yield await Promise.resolve(moved(next));
      }
    }
    expect(await take(open({ follow }), 2)).toEqual(['id: 7', 'id: 60']);
  });

  it('asks for nothing more before the reader has taken what it has', async () => {
    let pages = 0;
    async function* follow(): AsyncGenerator<EventPage, void> {
      for (;;) {
        pages += 1;
        yield await Promise.resolve(page(pages * 2, pages * 2 + 1));
      }
    }
    const stream = open({ follow }, 1);
    await take(stream, 6);
    expect(pages).toBe(3);
  });
});
