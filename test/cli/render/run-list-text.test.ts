import { beforeAll, describe, expect, it, vi } from 'vitest';

import { createPaint } from '../../../src/cli/render/paint.ts';
import { runListText } from '../../../src/cli/render/run-list-text.ts';
import { at, now, run } from './sample-run.ts';

const look = { paint: createPaint(false), now, isFiltered: false };

beforeAll(() => {
  vi.stubEnv('TZ', 'UTC');
});

describe('the list of runs', () => {
  const runs = [run([]), run([], { id: 'x', businessKey: null, status: 'timed-out', closedAt: at(2.5) })];

  it('is a table', () => {
    expect(runListText({ runs, nextPageToken: null }, look).split('\n')).toEqual([
      'ID       PROCESS  BUSINESS KEY  STATUS       STARTED   DURATION',
      'order-1  order    1001          ● running    12:00:00  30 s',
      'x        order                  ⧖ timed-out  12:00:00  2.5 s',
    ]);
  });

  it('says that there are more', () => {
    expect(runListText({ runs, nextPageToken: 'more' }, look)).toMatch(
      /There are more: --limit shows them\.$/,
    );
  });

  it('says that there are none', () => {
    expect(runListText({ runs: [], nextPageToken: null }, look)).toContain('no runs yet');
    expect(runListText({ runs: [], nextPageToken: null }, { ...look, isFiltered: true })).toBe(
      'No run is so.',
    );
  });
});
