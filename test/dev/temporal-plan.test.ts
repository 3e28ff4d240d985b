import { describe, expect, it } from 'vitest';

import { planTemporal, serverVersion, type TemporalFacts } from '../../src/dev/temporal-plan.ts';

const path = '/usr/bin/temporal';
const cached = '/cache/temporal';
const go = '/usr/bin/go';

const cases: readonly (TemporalFacts & { readonly name: string; readonly chosen: readonly unknown[] })[] = [
  {
    name: 'the one on the PATH before all',
    onPath: { path, server: '1.29.1' },
    cached,
    go,
    chosen: [{ kind: 'use', path }],
  },
  {
    name: 'the oldest that will do',
    onPath: { path, server: '1.27.0' },
    cached,
    go,
    chosen: [{ kind: 'use', path }],
  },
  {
    name: 'the cached one, when that on the PATH is too old',
    onPath: { path, server: '1.26.9' },
    cached,
    go,
    chosen: [{ kind: 'use', path: cached }],
  },
  {
    name: 'the cached one, when that on the PATH is something else',
    onPath: { path, server: null },
    cached,
    go,
    chosen: [{ kind: 'use', path: cached }],
  },
  {
    name: 'the cached one, when there is none on the PATH',
    onPath: null,
    cached,
    go,
    chosen: [{ kind: 'use', path: cached }],
  },
  {
    name: 'a download before a build, when there is none',
    onPath: null,
    cached: null,
    go,
    chosen: [{ kind: 'download' }, { kind: 'build', go }],
  },
  {
    name: 'a download only, without Go',
    onPath: null,
    cached: null,
    go: null,
    chosen: [{ kind: 'download' }],
  },
];

describe('where the temporal command comes from', () => {
  it.each(cases)('$name', ({ chosen, onPath, cached, go }) => {
    expect(planTemporal({ onPath, cached, go }).sources).toEqual(chosen);
  });

  it('says why the one on the PATH is not used, and that Go would help', () => {
    const facts = { onPath: { path, server: '1.9.0' }, cached: null, go: null };
    expect(planTemporal(facts).remarks).toEqual([
      '/usr/bin/temporal has server 1.9.0, older than 1.27.0',
      'no go on the PATH to build it with',
    ]);
  });
});

it.each([
  ['temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)', '1.29.1'],
  ['temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)', '1.29.1'],
  ['temporal 3.0', null],
  ['', null],
])('reads the version of the server out of "%s"', (output, version) => {
  expect(serverVersion(output)).toBe(version);
});
