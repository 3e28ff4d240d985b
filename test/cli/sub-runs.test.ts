import { describe, expect, it } from 'vitest';

import type { ApiClient } from '../../src/cli/client/api-client.ts';
import { refused } from '../../src/cli/client/api-failure.ts';
import type { RunResource } from '../../src/core/run-resource.ts';
import { loadSubRuns, WatchedSubRuns } from '../../src/cli/sub-runs.ts';
import type { StepView } from '../../src/core/run-state.ts';
import { at, run, step } from './render/sample-run.ts';

/** A step that started a run. */
const starts = (id: string): StepView =>
  step(id, { kind: 'run', service: null, operation: 'parcel', run: { id, self: `/v1/runs/${id}` } });

const of = (id: string, ...started: readonly string[]): RunResource => run(started.map(starts), { id });

/** An API that knows these runs, and the ids that it was asked for. */
function knowing(...runs: readonly RunResource[]): { api: ApiClient; asked: string[] } {
  const asked: string[] = [];
  const ask: ApiClient['ask'] = (_method, path) => {
    const id = path.slice('/v1/runs/'.length);
    asked.push(id);
    const body = runs.find((one) => one.id === id);
    const gone = { detail: `There is no run "${id}"`, code: 'run-not-found', errors: [] } as const;
    return body === undefined
      ? Promise.reject(refused(gone, 404))
      : Promise.resolve({ status: 200, body: body as never, text: '' });
  };
  const open: ApiClient['open'] = () => Promise.reject(new Error('nothing is followed'));
  return { api: { url: 'http://api', ask, open }, asked };
}

describe('the runs below a run', () => {
  it('are asked for three deep', async () => {
    const { api } = knowing(of('a', 'b'), of('b', 'c'), of('c', 'd'), of('d'));
    expect([...(await loadSubRuns(api, of('top', 'a'))).keys()]).toEqual(['a', 'b', 'c']);
  });

  it('are twenty at most, the upper ones first', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `r${index}`);
    const { api } = knowing(...ids.map((id) => of(id, `below ${id}`)));
    const found = await loadSubRuns(api, of('top', ...ids));
    expect([...found.keys()]).toEqual(ids.slice(0, 20));
  });

  it('are asked for once each, also where they lead back', async () => {
    const { api, asked } = knowing(of('a', 'b', 'top'), of('b', 'a'));
    await loadSubRuns(api, of('top', 'a', 'b'));
    expect(asked).toEqual(['a', 'b']);
  });

  it('are shown as far as they can be seen', async () => {
    const { api } = knowing(of('a'));
    const found = await loadSubRuns(api, of('top', 'gone', 'a'));
    expect(found.get('gone')).toEqual({ unseen: 'There is no run "gone" (run-not-found)' });
    expect(found.get('a')).toEqual(of('a'));
  });

  it('do not hide a fault of the command itself', async () => {
    const { api } = knowing();
    const ask = (): Promise<never> => Promise.reject(new TypeError('a bug'));
    await expect(loadSubRuns({ ...api, ask }, of('top', 'a'))).rejects.toThrow('a bug');
  });

  it('of a watched run are asked for again while they are open', async () => {
    const ended = { ...of('ended'), closedAt: at(9) };
    const { api, asked } = knowing(ended, of('open'));
    const subRuns = new WatchedSubRuns(api, () => undefined);
    const top = of('top', 'ended', 'open');
    await subRuns.look(top);
    await subRuns.look(top);
    expect(asked).toEqual(['ended', 'open', 'open']);
    expect([...subRuns.latest.keys()]).toEqual(['ended', 'open']);
  });
});
