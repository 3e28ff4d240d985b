import { describe, expect, it } from 'vitest';

import { checkNode } from '../../../src/cli/doctor/check-node.ts';

describe("Node's version", () => {
  it.each([
    ['20.3.0', 'ok'],
    ['20.10.0', 'ok'],
    ['22.0.0', 'ok'],
    ['20.2.9', 'fail'],
    ['9.11.0', 'fail'],
  ])('%s is %s', async (version, status) => {
    expect(await checkNode(version)).toMatchObject([{ name: 'Node.js', status }]);
  });
});
