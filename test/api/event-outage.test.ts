import { expect, it, vi } from 'vitest';

import { readEvents, type ServerEvent } from '../support/server-events.ts';
import { event, structured, useEventLab } from './event-lab.ts';

const temporal = (): Promise<void> => Promise.resolve();
const lab = useEventLab({ checks: { temporal } });

type Sent = Awaited<ReturnType<typeof lab.api.ask>>;

const append = (id: string): Promise<Sent> =>
  lab.api.ask('POST /v1/events', { body: event({ id }), headers: structured });

async function next(events: AsyncGenerator<ServerEvent, void>): Promise<unknown> {
  const { value } = await events.next();
  return value?.type === 'event' ? (value.data['event'] as { id: string }).id : value?.data['code'];
}

it('refuses events while PostgreSQL is away, tells so to those who follow, and goes on without losing any', async () => {
  const followers = ['', '?after=0'].map((query) => readEvents(`${lab.api.url}/v1/events/stream${query}`));
  const firsts = followers.map(next);
  await vi.waitFor(async () => {
    expect((await lab.api.ask('GET /metrics')).text).toMatch(/^baton_event_readers 2$/m);
  }, 10_000);
  expect((await append('before')).status).toBe(201);
  expect(await Promise.all(firsts)).toEqual(['before', 'before']);
  expect(await health()).toEqual([200, true]);

  await lab.postgres.halt();
  expect(await Promise.all(followers.map(next))).toEqual(['database-unavailable', 'database-unavailable']);
  for (const answer of [await append('after'), await lab.api.ask('GET /v1/events')]) {
    expect(answer).toMatchObject({ status: 503, body: { code: 'database-unavailable' } });
    expect(answer.headers.get('retry-after')).toBe('5');
  }
  // Runs are served all the same.
  expect(await health()).toEqual([200, false]);
  // Where to begin must be asked for; a browser that comes back knows it, and would not try again after an error.
  expect(await lab.api.ask('GET /v1/events/stream')).toMatchObject({ status: 503 });
  const returned = readEvents(`${lab.api.url}/v1/events/stream`, { 'Last-Event-ID': '0' });
  expect(await next(returned)).toBe('database-unavailable');

  await lab.postgres.start();
  await vi.waitFor(async () => {
    expect((await append('after')).status).toBe(201);
  }, 20_000);
  expect(await Promise.all(followers.map(next))).toEqual(['after', 'after']);
  expect([await next(returned), await next(returned)]).toEqual(['before', 'after']);
  expect(await health()).toEqual([200, true]);
  for (const follower of [...followers, returned]) await follower.return();
});

async function health(): Promise<unknown> {
  const { status, body } = await lab.api.ask('GET /health/ready');
  expect(body).toMatchObject({ status: 'ready', checks: { temporal: { ok: true, required: true } } });
  const { postgres } = body['checks'] as Record<string, { ok: boolean; required: boolean }>;
  expect(postgres?.required).toBe(false);
  return [status, postgres?.ok];
}
