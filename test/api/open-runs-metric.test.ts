import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { sampleDeps, startApi, type TestApi } from './sample.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi(sampleDeps());
});
afterAll(() => api.listening.close());

describe('the metric of the open runs', () => {
  it('is left out while Temporal does not answer, and takes no other metric with it', async () => {
    const { status, text } = await api.ask('GET /metrics');
    expect(status).toBe(200);
    expect(text).toContain('# TYPE baton_open_runs gauge');
    expect(text).not.toContain('baton_open_runs{');
    expect(text).toContain('baton_run_watchers 0');
  });
});
