import { CloudEvent, type CloudEventV1, HTTP, type Message } from 'cloudevents';
import { describe, expect, it } from 'vitest';

import { structured, useEventLab } from './event-lab.ts';

const lab = useEventLab();

/** An event that CloudEvents' own SDK has made. */
function made(overrides: Partial<CloudEventV1<unknown>>): CloudEvent<unknown> {
  return new CloudEvent({
    id: crypto.randomUUID(),
    source: '/sdk',
    type: 'sdk.made',
    time: '2026-01-31T12:00:00.000Z',
    ...overrides,
  });
}

const events: readonly [string, Partial<CloudEventV1<unknown>>, object][] = [
  ['data that is an object', { data: { a: [1, null] } }, { data: { a: [1, null] } }],
  ['no data', {}, {}],
  ['text', { data: 'naïve', datacontenttype: 'text/plain' }, { data: 'naïve' }],
  [
    'bytes',
    { data: new Uint8Array([0, 255]), datacontenttype: 'application/octet-stream' },
    { data_base64: 'AP8=' },
  ],
  [
    'a subject, a schema and an extension',
    { subject: '4711', dataschema: 'https://example.com/s', correlationid: 'c-1', data: {} },
    { subject: '4711', dataschema: 'https://example.com/s', correlationid: 'c-1', data: {} },
  ],
];

describe("CloudEvents' own SDK", () => {
  it.each(events)('is understood in binary mode: %s', async (_, overrides, expected) => {
    const event = made(overrides);
    expect(await keptOf(HTTP.binary(event))).toMatchObject({ id: event.id, time: event.time, ...expected });
  });

  it.each(events)('is understood in structured mode: %s', async (_, overrides, expected) => {
    const event = made(overrides);
    expect(await keptOf(HTTP.structured(event))).toMatchObject({ id: event.id, ...expected });
  });

  it('is understood in batch mode', async () => {
    const batch = [made({ data: 1 }), made({ subject: 'a' })];
    const { status, body } = await lab.api.ask('POST /v1/events', {
      body: JSON.stringify(batch),
      headers: { 'Content-Type': 'application/cloudevents-batch+json' },
    });
    expect([status, (body['events'] as readonly { id: string }[]).map(({ id }) => id)]).toEqual([
      201,
      batch.map(({ id }) => id),
    ]);
  });

  it('understands an event as the log tells it', async () => {
    const event = made({ data: { a: 1 }, subject: 'café', correlationid: 'c-1' });
    const body = JSON.stringify(await keptOf(HTTP.structured(event)));
    const read = HTTP.toEvent({ headers: { 'content-type': structured['Content-Type'] }, body });
    expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify(event)));
  });
});

/** Sends a message of the SDK as it is, and reads what the log has of it. */
async function keptOf({ headers, body }: Message): Promise<unknown> {
  const reply = await fetch(`${lab.api.url}/v1/events`, {
    method: 'POST',
    headers: headers as Record<string, string>,
    ...(body !== undefined && { body: body as string }),
  });
  const text = await reply.text();
  expect(reply.status, text).toBe(201);
  const [{ position } = { position: 0 }] = (JSON.parse(text) as { events: { position: number }[] }).events;
  return (await lab.log.read({ after: position - 1, limit: 1 })).events[0]?.event;
}
