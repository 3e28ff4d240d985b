import { describe, expect, it, vi } from 'vitest';

import type { ApiAnswer, ApiClient } from '../../src/cli/client/api-client.ts';
import { createPaint } from '../../src/cli/render/paint.ts';
import type { SubRuns } from '../../src/cli/sub-runs.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { watchRun } from '../../src/cli/watch-run.ts';
import type { RunResource } from '../../src/core/run-resource.ts';
import { at, run, step } from './render/sample-run.ts';

const sub = { id: 'sub', self: '/v1/runs/sub' };
const top = run([step('sub', { kind: 'run', run: sub, status: 'running', closedAt: null })]);

/** An API whose stream brings what a test sends, and that answers about runs when a test lets it. */
class ScriptedApi implements ApiClient {
  readonly url = 'http://api';
  readonly #stream = new TransformStream<Uint8Array, Uint8Array>();
  readonly #writer = this.#stream.writable.getWriter();
  /** Lets each question that was asked be answered, the first one first. */
  readonly answers: ((answer: RunResource) => void)[] = [];
  readonly gone: AbortSignal[] = [];

  readonly open: ApiClient['open'] = () => Promise.resolve(this.#stream.readable);

  readonly ask: ApiClient['ask'] = (_method, _path, { signal } = {}) => {
    if (signal) this.gone.push(signal);
    return new Promise<ApiAnswer<never>>((resolve) => {
      this.answers.push((body) => {
        resolve({ status: 200, body: body as never, text: '' });
      });
    });
  };

  asked(count: number): Promise<void> {
    return vi.waitFor(() => {
      expect(this.answers).toHaveLength(count);
    });
  }

  async send(event: string, data: unknown): Promise<void> {
    await this.#writer.write(new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  }
}

/** A terminal that keeps what was written, frame by frame. */
function screen(): { terminal: Terminal; frames: string[] } {
  const frames: string[] = [];
  const terminal: Terminal = {
    paint: createPaint(false),
    isLive: true,
    size: () => ({ columns: 80, rows: 20 }),
    write: (text) => frames.push(text),
    print: (text) => frames.push(text),
    remark: (text) => frames.push(text),
  };
  return { terminal, frames };
}

/** What is known of the sub-run, in one line. */
function show({ status }: RunResource, subRuns: SubRuns): readonly string[] {
  const seen = subRuns.get('sub');
  if (seen === undefined) return [`top ${status}`];
  return [`top ${status}, sub ${'unseen' in seen ? String(seen.unseen) : seen.status}`];
}

function watch(api: ApiClient, patience: number): { frames: string[]; exit: Promise<number> } {
  const { terminal, frames } = screen();
  return { frames, exit: watchRun(api, top.id, { terminal, show, json: false, patience }) };
}

const drawn = (frames: readonly string[], text: string): Promise<void> =>
  vi.waitFor(() => {
    expect(frames.at(-1)).toContain(text);
  });
const ended = { status: 'completed', closedAt: at(9), steps: [] } as const;

describe('a run that is watched on a terminal', () => {
  it('is drawn at once, and again when the answers about its sub-runs have come', async () => {
    const api = new ScriptedApi();
    const { frames, exit } = watch(api, 60_000);
    await api.send('snapshot', top);
    await drawn(frames, 'top running, sub null');
    await api.send('change', { status: 'stuck', steps: [] });
    await drawn(frames, 'top stuck, sub null');
    api.answers[0]?.(run([], { id: 'sub' }));
    await drawn(frames, 'top stuck, sub running');
    await api.asked(2);
    await api.send('change', ended);
    await api.send('end', {});
    await drawn(frames, 'top completed, sub running');
    // What has changed while it was asked is asked for once more, and the end waits for that.
    api.answers[1]?.(run([], { id: 'sub' }));
    await api.asked(3);
    api.answers[2]?.(run([], { id: 'sub', status: 'completed' }));
    expect(await exit).toBe(0);
    expect(frames.at(-1)).toContain('top completed, sub completed');
  });

  it('ends though nothing answers about its sub-runs, and lets go of what it asked', async () => {
    const api = new ScriptedApi();
    const { frames, exit } = watch(api, 1);
    await api.send('snapshot', { ...top, ...ended, steps: top.steps });
    await api.send('end', {});
    expect(await exit).toBe(0);
    expect(frames.at(-1)).toContain('top completed, sub null');
    expect(api.gone.map(({ aborted }) => aborted)).toEqual([true]);
    const count = frames.length;
    api.answers[0]?.(run([], { id: 'sub' }));
    await new Promise(setImmediate);
    expect(frames).toHaveLength(count);
  });
});
