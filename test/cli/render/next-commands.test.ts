import { describe, expect, it } from 'vitest';

import { nextCommands } from '../../../src/cli/render/next-commands.ts';
import { run, step, waitingDecision } from './sample-run.ts';

const commands = (...args: Parameters<typeof nextCommands>): string[] =>
  nextCommands(...args).map(({ command }) => command);

describe('what to do next', () => {
  it('is to follow a run that goes on, and to look at one that has ended', () => {
    expect(commands(run([]), '')).toEqual(['baton show order-1 --watch']);
    expect(commands(run([], { status: 'completed' }), ' --api http://there')).toEqual([
      'baton show order-1 --api http://there',
    ]);
  });

  it('is a retry of a run that failed where it stands, and a new start of one that can go on in no way', () => {
    expect(commands(run([], { status: 'failed' }), '')).toEqual([
      'baton retry order-1',
      'baton show order-1',
    ]);
    expect(commands(run([], { status: 'terminated' }), ' --api http://there')).toEqual([
      'baton start --from order-1 --api http://there',
      'baton show order-1 --api http://there',
    ]);
  });

  it('is a decision where one is waited for', () => {
    expect(nextCommands(run([waitingDecision]), '')[0]).toEqual({
      command: "baton signal order-1 approval --data '…'",
      does: 'decide "approval"; its fields: baton processes order',
    });
  });

  it('is to settle what is stuck; an undo cannot be undone', () => {
    const held = step('pay', { status: 'stuck', closedAt: null });
    const undo = step('undo:pay', { status: 'stuck', closedAt: null, undoes: 'pay' });
    const settled = (steps: Parameters<typeof run>[0]): string[] =>
      commands(run(steps, { status: 'stuck' }), '').map((command) => command.split(' ')[1] ?? '');
    expect(settled([held])).toEqual(['retry', 'undo', 'give-up', 'show']);
    expect(settled([undo])).toEqual(['retry', 'give-up', 'show']);
  });

  it('can be entered as it stands', () => {
    expect(commands(run([], { id: "it's" }), '')).toEqual([String.raw`baton show 'it'\''s' --watch`]);
  });
});
