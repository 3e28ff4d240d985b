import { PassThrough } from 'node:stream';

import { describe, expect, it } from 'vitest';

import { confirm } from '../../src/cli/confirm.ts';

/** A terminal at which someone types. */
function terminal(typed: string): Parameters<typeof confirm>[1] & { readonly output: PassThrough } {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = Object.assign(new PassThrough(), { isTTY: true });
  input.end(typed);
  return { input, output };
}

describe('asking a person', () => {
  it.each(['y\n', 'Y\n', ' yes \n'])('goes on at %j', async (typed) => {
    const there = terminal(typed);
    await confirm('cancel order-1: It stops.', there);
    expect(String(there.output.read())).toContain('cancel order-1: It stops.\nDo it? [y/N]');
  });

  it.each(['\n', 'n\n', 'yep\n', ''])('does nothing at %j', async (typed) => {
    await expect(confirm('cancel order-1', terminal(typed))).rejects.toThrow('Nothing was done');
  });

  it('names --yes where there is no one to ask', async () => {
    const streams = { input: new PassThrough(), output: new PassThrough() };
    await expect(confirm('cancel order-1: It stops.', streams)).rejects.toThrow(
      /cancel order-1: It stops\.\n.*--yes/,
    );
  });
});
