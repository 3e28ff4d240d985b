import { expect, it } from 'vitest';

import { planTestServer } from '../../src/dev/test-server-plan.ts';

const cached = '/cache/temporal-test-server';
const java = '/usr/bin/java';
const mvn = '/usr/bin/mvn';
const download = { kind: 'download' };

it.each([
  { name: 'the cached one before all', has: { cached, java, mvn }, chosen: [{ kind: 'use', path: cached }] },
  {
    name: 'a download before Maven',
    has: { cached: null, java, mvn },
    chosen: [download, { kind: 'maven', java, mvn }],
  },
  { name: 'a download only, without Java', has: { cached: null, java: null, mvn }, chosen: [download] },
  { name: 'a download only, without Maven', has: { cached: null, java, mvn: null }, chosen: [download] },
])('takes $name', ({ has, chosen }) => {
  expect(planTestServer(has).sources).toEqual(chosen);
});

it('says what would help', () => {
  expect(planTestServer({ cached: null, java: null, mvn: null }).remarks).toEqual([
    'no java on the PATH to run it with',
    'no mvn (Maven) on the PATH to fetch it with',
  ]);
});
