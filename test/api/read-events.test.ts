import { describe, expect, it } from 'vitest';

import { batch, event, structured, useEventLab } from './event-lab.ts';

const lab = useEventLab();

const post = (body: unknown, headers: Record<string, string>): ReturnType<typeof lab.api.ask> =>
  lab.api.ask('POST /v1/events', { body, headers });

describe('GET /v1/events', () => {
  it('pages through what fits', async () => {
    const before = await lab.log.head();
    const source = '/paging';
    await post(
      ['a', 'b', 'c', 'a', 'b'].map((type) => event({ source, type })),
      batch,
    );
    const query = `source=${source}&type=a&type=b`;
    const first = (await lab.api.ask(`GET /v1/events?${query}&after=${before}&limit=3`)).body;
    expect(typesOf(first)).toEqual(['a', 'b', 'a']);
    expect(first['head']).toBe(await lab.log.head());
    const second = (await lab.api.ask(`GET /v1/events?${query}&after=${Number(first['next'])}`)).body;
    expect(typesOf(second)).toEqual(['b']);
    expect(second['next']).toBe(first['head']);
  });

  it.each([
    ['subject=caf%C3%A9', ['by subject']],
    ['correlationId=c-9', ['by correlation']],
    ['type=by%20type', ['by type']],
    ['type=never', []],
  ])('finds by %s', async (query, types) => {
    const after = await lab.log.head();
    await post(
      [
        event({ type: 'by subject', subject: 'café' }),
        event({ type: 'by correlation', correlationid: 'c-9' }),
        event({ type: 'by type' }),
      ],
      batch,
    );
    expect(typesOf((await lab.api.ask(`GET /v1/events?after=${after}&${query}`)).body)).toEqual(types);
  });

  it('begins at a time', async () => {
    const { body } = await post(event({ type: 'late' }), structured);
    const [{ position } = { position: 0 }] = body['events'] as readonly { position: number }[];
    const page = (await lab.api.ask(`GET /v1/events?after=${position - 1}`)).body;
    const [{ recordedAt } = { recordedAt: '' }] = page['events'] as readonly { recordedAt: string }[];
    const since = (await lab.api.ask(`GET /v1/events?since=${recordedAt}&type=late`)).body;
    expect(typesOf(since)).toEqual(['late']);
    expect(typesOf((await lab.api.ask('GET /v1/events?since=9999-01-01T00:00:00Z')).body)).toEqual([]);
    expect(
      typesOf((await lab.api.ask('GET /v1/events?since=0001-01-01T00:00:00%2B14:00&limit=1')).body),
    ).toHaveLength(1);
  });

  it.each([
    ['after=-1', ['?after']],
    ['after=1e3', ['?after']],
    ['after=', ['?after']],
    ['after=99999999999999999999', ['?after']],
    ['limit=0', ['?limit']],
    ['limit=1001', ['?limit']],
    ['limit=1.5', ['?limit']],
    ['since=yesterday', ['?since']],
    ['since=2026-02-30T00:00:00Z', ['?since']],
    ['since=2026-01-31T12:00:00Z&after=1', ['?since']],
    ['type=', ['?type.0']],
    ['type=a%00', ['?type.0']],
    ['source=%00', ['?source']],
    ['subject=a&subject=b', ['?subject']],
    ['colour=red&limit=x', ['?limit', '?colour']],
    [Array.from({ length: 101 }, () => 'type=a').join('&'), ['?type']],
  ])('refuses %s', async (query, pointers) => {
    const { status, body } = await lab.api.ask(`GET /v1/events?${query}`);
    expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'invalid-request' });
    expect((body['errors'] as readonly { pointer: string }[]).map(({ pointer }) => pointer)).toEqual(
      pointers,
    );
    expect(body['detail']).not.toMatch(/Invalid input|expected/);
  });
});

function typesOf(page: Record<string, unknown>): readonly unknown[] {
  return (page['events'] as readonly { event: { type: string } }[]).map((recorded) => recorded.event.type);
}

describe('GET /v1/event-types', () => {
  it('lists what the project declares', async () => {
    const { body } = await lab.api.ask('GET /v1/event-types');
    expect(body['types']).toMatchObject([
      { name: 'order.placed', title: 'An order was placed', schema: { type: 'object' } },
      { name: 'order.seen', title: 'Someone looked at an order', schema: null },
    ]);
  });
});
