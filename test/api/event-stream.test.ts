import { connect } from 'node:net';

import { describe, expect, it, vi } from 'vitest';

import type { EventLog } from '../../src/events/event-log.ts';
import type { EventPage } from '../../src/events/read-events.ts';
import { sampleEvent } from '../events/lab.ts';
import { readEvents, type ServerEvent } from '../support/server-events.ts';
import { batch, event, useEventLab } from './event-lab.ts';
import { sampleDeps, startApi } from './sample.ts';

const lab = useEventLab();

function stream(query = '', headers: Record<string, string> = {}): AsyncGenerator<ServerEvent, void> {
  return readEvents(`${lab.api.url}/v1/events/stream${query}`, headers);
}

/** Appends events of these types. */
async function append(...types: readonly string[]): Promise<void> {
  const body = types.map((type) => event({ type }));
  expect((await lab.api.ask('POST /v1/events', { body, headers: batch })).status).toBe(201);
}

async function take(events: AsyncIterable<ServerEvent>, count: number): Promise<readonly ServerEvent[]> {
  const taken: ServerEvent[] = [];
  for await (const next of events) if (taken.push(next) === count) break;
  return taken;
}

function typesOf(events: readonly ServerEvent[]): readonly unknown[] {
  return events.map(({ data }) => (data['event'] as { type: string }).type);
}

describe('GET /v1/events/stream', () => {
  it('begins now, and tells each event with its position as id', async () => {
    await append('before');
    const taking = take(stream(), 2);
    await untilReaders(1);
    await append('one', 'two');
    const taken = await taking;
    expect(typesOf(taken)).toEqual(['one', 'two']);
    for (const { type, id, data } of taken) {
      expect(type).toBe('event');
      expect(id).toBe(String(data['position']));
      expect(data['recordedAt']).toMatch(/^\d{4}-.*Z$/);
    }
    await untilReaders(0);
  });

  it('begins behind a position, and goes on behind the last one that a browser has seen', async () => {
    const after = await lab.log.head();
    await append('a', 'b', 'c');
    const first = await take(stream(`?after=${after}`), 2);
    expect(typesOf(first)).toEqual(['a', 'b']);
    const again = await take(stream(`?after=${after}`, { 'Last-Event-ID': first[1]?.id ?? '' }), 1);
    expect(typesOf(again)).toEqual(['c']);
  });

  it('begins at a time', async () => {
    await append('at a time');
    const [recorded] = (await lab.log.read({ after: (await lab.log.head()) - 1, limit: 1 })).events;
    const taken = await take(stream(`?since=${recorded?.recordedAt ?? ''}&type=at%20a%20time`), 1);
    expect(typesOf(taken)).toEqual(['at a time']);
  });

  it('tells only what fits', async () => {
    const after = await lab.log.head();
    await append('x', 'y', 'x', 'z', 'w');
    expect(typesOf(await take(stream(`?after=${after}&type=w&type=y`), 2))).toEqual(['y', 'w']);
  });

  it.each([
    ['?after=-1', {}, '?after'],
    ['?limit=1', {}, '?limit'],
    ['', { 'Last-Event-ID': 'x' }, 'Last-Event-ID'],
  ] as const)('refuses %s %j', async (query, headers, pointer) => {
    expect(await lab.api.ask(`GET /v1/events/stream${query}`, { headers })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', errors: [{ pointer }] },
    });
  });

  it('answers HEAD without a body, and does not stay', async () => {
    const { status, headers } = await lab.api.ask('HEAD /v1/events/stream');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    await untilReaders(0);
  });

  it('reads on in the log no faster than a slow reader takes it', async () => {
    let pages = 0;
    const large = sampleEvent({ data: 'x'.repeat(1_000_000) });
    const log = {
      follow: async function* (): AsyncGenerator<EventPage, void> {
        for (;;) {
          pages += 1;
          const events = [{ position: pages, recordedAt: '', event: large }];
          yield await Promise.resolve({ events, next: pages, head: pages });
        }
      },
    } as unknown as EventLog;
    const api = await startApi(sampleDeps({ eventLog: log }), 1);
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    socket.write('GET /v1/events/stream?after=0 HTTP/1.1\r\nHost: x\r\n\r\n');
    socket.pause();
    await vi.waitFor(() => {
      expect(pages).toBeGreaterThan(1);
    }, 10_000);
    // Time enough for an eager one to read hundreds.
    for (let others = 0; others < 50; others += 1) await api.ask('GET /health/live');
    expect(pages).toBeLessThan(30);
    socket.destroy();
    await api.listening.close();
  });
});

async function untilReaders(count: number): Promise<void> {
  await vi.waitFor(async () => {
    expect((await lab.api.ask('GET /metrics')).text).toMatch(
      new RegExp(`^baton_event_readers ${count}$`, 'm'),
    );
  }, 10_000);
}
