import { Readable } from 'node:stream';

import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { RunView } from '../../src/core/run-state.ts';
import { sampleDeps, startApi, temporalAway, type TestApi } from './sample.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;

const logged: Record<string, unknown>[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => logged.push(JSON.parse(line) as never) });

const completed: RunView = {
  ...{ id: 'r-1', process: 'parcel', version: null, businessKey: null, parent: null, status: 'completed' },
  ...{ input: {}, output: null, error: null, stall: null, steps: [] },
  ...{ startedAt: '2026-01-31T12:00:00.000Z', closedAt: '2026-01-31T12:00:01.000Z' },
};

let api: TestApi;

beforeAll(async () => {
  const loadRunView = (id: string): Promise<RunView> =>
    id === 'r-1' ? Promise.resolve(completed) : Promise.reject(temporalAway);
  api = await startApi(sampleDeps({ log, loadRunView, watchRunView: () => Readable.from([completed]) }));
});
afterAll(() => api.listening.close());

/** The lines that are written for one request. */
async function linesOf(request: Parameters<TestApi['ask']>[0], body?: unknown): Promise<typeof logged> {
  logged.length = 0;
  await api.ask(request, { headers: { traceparent }, ...(body !== undefined && { body }) });
  // An answer may be read before the server knows that it is out.
  await vi.waitFor(() => {
    expect(logged.at(-1)?.['msg']).toMatch(/^request (completed|errored)$/);
  });
  return logged.splice(0);
}

describe('the line of a request', () => {
  it.each([
    ['GET /v1/runs/r-1', { runId: 'r-1', process: 'parcel' }],
    ['GET /v1/runs/r-1/stream', { runId: 'r-1' }],
    ['POST /v1/runs/r-1/retry', { runId: 'r-1' }],
    ['POST /v1/runs/r-1/signals/approval', { runId: 'r-1' }],
    ['GET /v1/processes/parcel', { process: 'parcel' }],
  ] as const)('%s says what it is about, and its trace', async (request, subject) => {
    const line = (await linesOf(request)).at(-1);
    expect(line).toMatchObject({ ...subject, traceId, requestId: expect.any(String) as string });
  });

  it('that is refused says it too, as far as the address tells', async () => {
    const [line] = await linesOf('POST /v1/processes/parcel/runs', { input: {} });
    expect(line).toMatchObject({ process: 'parcel', traceId, res: { status: 422 } });
  });

  it('that cannot be served says it in the line of the fault too', async () => {
    const lines = await linesOf('GET /v1/runs/r-2');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatchObject({ runId: 'r-2', traceId });
  });

  it('says nothing of a run where it is about none', async () => {
    const line = (await linesOf('GET /v1/processes')).at(-1);
    expect(line).toMatchObject({ res: { status: 200 } });
    expect(line).not.toHaveProperty('runId');
    expect(line).not.toHaveProperty('process');
  });
});
