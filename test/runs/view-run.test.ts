import { readdirSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import type { RunView } from '../../src/core/run-state.ts';
import { viewRun } from '../../src/runs/view-run.ts';
import { readRecording } from './recording-file.ts';

const recordings = readdirSync(new URL('histories/', import.meta.url))
  .filter((file) => file.endsWith('.jsonl'))
  .map((file) => file.slice(0, -'.jsonl'.length));

/** The moment at which every recording is looked at: a second after its last event. */
function view(name: string): RunView {
  const { description, history } = readRecording(name);
  const last = Number(history.at(-1)?.eventTime?.seconds ?? 0);
  return viewRun({ description, history, taskQueuePollers: 1, now: new Date((last + 1) * 1_000) });
}

/** One line for the run and one for each step. */
function format({ steps, ...run }: RunView): string {
  return [JSON.stringify(run, null, 2), ...steps.map((step) => JSON.stringify(step)), ''].join('\n');
}

describe('a recorded run', () => {
  it.each(recordings)('%s is viewed as it was', async (name) => {
    await expect(format(view(name))).toMatchFileSnapshot(`histories/${name}.golden.txt`);
  });
});
