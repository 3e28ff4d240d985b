import { describe, expect, it } from 'vitest';

import type { ApiClient } from '../../../src/cli/client/api-client.ts';
import { apiAway, refused } from '../../../src/cli/client/api-failure.ts';
import { followRun, type Sighting } from '../../../src/cli/client/follow-run.ts';
import { at, run, step } from '../render/sample-run.ts';

/** What one connection brings: events and their data, or why it cannot be had. */
type Connection = readonly (readonly [event: string, data: unknown])[] | Error;

const away = { detail: 'Temporal does not answer', code: 'temporal-unavailable', errors: [] } as const;
const ended = { status: 'completed', closedAt: at(9) } as const;

/** An API whose stream brings one of these after the other; the events come in pieces that split lines. */
function scripted(connections: readonly Connection[]): { api: ApiClient; paths: string[] } {
  const left = [...connections];
  const paths: string[] = [];
  const open: ApiClient['open'] = (path) => {
    paths.push(path);
    const next = left.shift() ?? new Error('no further connection is expected');
    if (next instanceof Error) return Promise.reject(next);
    const text = next
      .map(([event, data]) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n:\n\n`)
      .join('');
    const bytes = new TextEncoder().encode(text);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) =>
      bytes.slice(index * 7, index * 7 + 7),
    );
    return Promise.resolve(ReadableStream.from(pieces) as ReadableStream<Uint8Array>);
  };
  const ask: ApiClient['ask'] = () => Promise.reject(new Error('nothing is asked'));
  return { api: { url: 'http://api', ask, open }, paths };
}

async function follow(...connections: readonly Connection[]): Promise<Sighting[]> {
  const seen: Sighting[] = [];
  for await (const sighting of followRun(scripted(connections).api, 'order-1', { pause: 0 }))
    seen.push(sighting);
  return seen;
}

const events = (seen: readonly Sighting[]): (string | null)[] => seen.map(({ event }) => event);

describe('following a run', () => {
  it('lays each change over what was seen before', async () => {
    const paid = step('pay', { attempt: 2 });
    const seen = await follow([
      ['snapshot', run([step('reserve')])],
      ['change', { steps: [paid] }],
      ['change', { ...ended, steps: [] }],
      ['end', {}],
    ]);
    expect(events(seen)).toEqual(['snapshot', 'change', 'change', 'end']);
    expect(seen[1]).toMatchObject({ run: run([step('reserve'), paid]), before: run([step('reserve')]) });
    expect(seen.at(-1)).toMatchObject({ run: { ...run([step('reserve'), paid]), ...ended } });
  });

  it('opens a connection again that closes without an end, and knows what it saw before', async () => {
    const seen = await follow(
      [['snapshot', run([])]],
      [
        ['snapshot', run([step('pay')])],
        ['change', { ...ended, steps: [] }],
        ['end', {}],
      ],
    );
    expect(events(seen)).toEqual(['snapshot', 'snapshot', 'change', 'end']);
    expect(seen[1]).toMatchObject({ before: run([]) });
  });

  it('waits out an API that goes away and a Temporal that is away, once the run has been seen', async () => {
    const seen = await follow(
      [
        ['snapshot', run([])],
        ['problem', away],
      ],
      refused(away, 503),
      apiAway('http://api', new Error('connection refused')),
      [
        ['snapshot', run([], ended)],
        ['end', {}],
      ],
    );
    expect(events(seen)).toEqual(['snapshot', 'problem', null, null, 'snapshot', 'end']);
    expect(seen[1]).toMatchObject({ message: 'Temporal does not answer (temporal-unavailable)' });
    expect(seen[3]).toMatchObject({
      message: expect.stringContaining('No API answers at http://api') as string,
    });
  });

  it('takes a run that was seen to have ended for ended, though the end was lost', async () => {
    expect(events(await follow([['snapshot', run([], ended)]]))).toEqual(['snapshot', 'end']);
  });

  it('fails at once where the run cannot be seen at first', async () => {
    await expect(follow(apiAway('http://api', new Error('x')))).rejects.toThrow('No API answers');
  });

  it('fails where trying again is of no use', async () => {
    const gone = refused({ detail: 'There is no run "order-1"', code: 'run-not-found', errors: [] }, 404);
    await expect(follow([['snapshot', run([])]], gone)).rejects.toThrow(
      'There is no run "order-1" (run-not-found)',
    );
  });

  it('asks for the run by its id, whatever is in it', async () => {
    const { api, paths } = scripted([
      [
        ['snapshot', run([], ended)],
        ['end', {}],
      ],
    ]);
    await followRun(api, 'a/b?c').next();
    expect(paths).toEqual(['/v1/runs/a%2Fb%3Fc/stream']);
  });
});
