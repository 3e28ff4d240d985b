import { type Client, ServiceError } from '@temporalio/client';
import { describe, expect, it } from 'vitest';

import { followRun } from '../../src/api/follow-run.ts';

type Page = { readonly ids: readonly number[]; readonly last?: boolean; readonly successor?: string } | Error;

interface PollRequest {
  readonly execution: { readonly runId?: string };
  readonly historyEventFilterType: number;
}

const closeOnly = 2;
const forever = { for: 60_000, signal: new AbortController().signal };
const away = new ServiceError('failed', {
  cause: Object.assign(new Error('no connection'), { code: 14, details: '', metadata: {} }),
});

/** A client whose long polls bring these pages, one after the other, and then nothing any more. */
function clientWith(pages: readonly Page[]): {
  readonly client: Client;
  readonly asked: (string | undefined)[];
} {
  const left = [...pages];
  const asked: (string | undefined)[] = [];
  const client = {
    options: { namespace: 'default' },
    withDeadline: (_deadline: number, work: () => unknown) => work(),
    withAbortSignal: (_signal: AbortSignal, work: () => unknown) => work(),
    workflowService: {
      getWorkflowExecutionHistory: async ({ execution, historyEventFilterType }: PollRequest) => {
        asked.push(historyEventFilterType === closeOnly ? 'the end' : execution.runId);
        const page = left.shift();
        if (page === undefined) return new Promise(() => undefined);
        if (page instanceof Error) throw page;
        const events = page.ids.map((id) => ({ eventId: id, eventType: asked.length }));
        const continued = { newExecutionRunId: page.successor };
        const last = { ...events.at(-1), workflowExecutionContinuedAsNewEventAttributes: continued };
        return Promise.resolve({
          history: { events: page.successor === undefined ? events : [...events.slice(0, -1), last] },
          nextPageToken: new Uint8Array(page.last === true ? 0 : 1),
        });
      },
    },
  } as unknown as Client;
  return { client, asked };
}

async function followedIds(pages: readonly Page[]): Promise<readonly unknown[] | undefined> {
  const events = await followRun(clientWith(pages).client, { workflowId: 'p-1', runId: 'first' }, forever);
  return events?.map(({ eventId }) => eventId);
}

describe('followRun', () => {
  it('gathers the events as they come until the run has ended', async () => {
    expect(await followedIds([{ ids: [1, 2] }, { ids: [3] }, { ids: [4, 5], last: true }])).toEqual([
      1, 2, 3, 4, 5,
    ]);
  });

  it('stops to read along with a longer run, and reads the rest at its end', async () => {
    const pages = [
      { ids: [1] },
      { ids: [2] },
      { ids: [3] },
      { ids: [] },
      { ids: [9] },
      { ids: [4, 5, 9], last: true },
    ];
    const { client, asked } = clientWith(pages);
    const events = await followRun(client, { workflowId: 'p-1', runId: 'first' }, forever);
    expect(asked).toEqual(['first', 'first', 'first', 'the end', 'the end', 'first']);
    expect(events?.map(({ eventId }) => eventId)).toEqual([1, 2, 3, 4, 5, 9]);
  });

  it('takes an event that comes again as what it became', async () => {
    const { client } = clientWith([{ ids: [1, 2, 3] }, { ids: [3, 4], last: true }]);
    const events = await followRun(client, { workflowId: 'p-1' }, forever);
    expect(events?.map(({ eventType }) => eventType)).toEqual([1, 1, 2, 2]);
  });

  it('goes on with the execution that succeeds the one that ended', async () => {
    const { client, asked } = clientWith([
      { ids: [1, 2], last: true, successor: 'second' },
      { ids: [1], last: true },
    ]);
    const events = await followRun(client, { workflowId: 'p-1', runId: 'first' }, forever);
    expect(asked).toEqual(['first', 'second']);
    expect(events).toHaveLength(1);
  });

  it('outlasts a Temporal that is away for a moment', async () => {
    expect(await followedIds([{ ids: [1] }, away, { ids: [2], last: true }])).toEqual([1, 2]);
  });

  it('fails at once for any other fault', async () => {
    await expect(followedIds([new TypeError('a bug')])).rejects.toThrow('a bug');
  });

  it('comes back with nothing when the time runs out', async () => {
    const { client } = clientWith([{ ids: [1] }]);
    expect(await followRun(client, { workflowId: 'p-1' }, { ...forever, for: 20 })).toBeNull();
  });

  it('comes back with nothing when waiting is given up, before or meanwhile', async () => {
    expect(
      await followRun(
        clientWith([]).client,
        { workflowId: 'p-1' },
        { ...forever, signal: AbortSignal.abort() },
      ),
    ).toBeNull();
    const gone = new AbortController();
    const waiting = followRun(
      clientWith([]).client,
      { workflowId: 'p-1' },
      { ...forever, signal: gone.signal },
    );
    gone.abort();
    expect(await waiting).toBeNull();
  });
});
