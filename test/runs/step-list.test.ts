import { describe, expect, it } from 'vitest';

import { endStep, StepList } from '../../src/runs/step-list.ts';
import { at } from './events.ts';

const call = (name: string, type: string | null = 'stock.reserve') => ({
  ...{ name, kind: 'call' as const, type, at: at(1) },
});

describe('the steps of a run', () => {
  it('stand in the order in which they began', () => {
    const list = new StepList();
    for (const name of ['b', 'a', 'b']) list.begin(call(name));
    expect(list.all().map(({ name }) => name)).toEqual(['b', 'a']);
  });

  it('are told apart by their kind', () => {
    const list = new StepList();
    const decision = list.begin({ name: 'ship', kind: 'decision', type: null, at: at(1) });
    expect(list.find('call', 'ship')).toBeUndefined();
    expect(list.begin(call('ship'))).not.toBe(decision);
    expect(list.find('decision', 'ship')).toBe(decision);
  });

  it('keep their attempts, last error and beginning when they begin anew', () => {
    const list = new StepList();
    const step = list.begin(call('ship'));
    step.attempt = 3;
    endStep(step, 'failed', { at: at(2), error: { code: 'x', message: 'y' } });
    expect(list.begin({ ...call('ship'), at: at(5) })).toMatchObject({
      ...{ attempt: 3, startedAt: at(1), closedAt: null, error: { code: 'x' } },
    });
  });

  it.each([
    ['call', 'stock.reserve', { service: 'stock', operation: 'reserve' }],
    ['call', 'stock.v2.reserve', { service: 'stock', operation: 'v2.reserve' }],
    ['call', 'sendMail', { service: null, operation: 'sendMail' }],
    ['run', 'acme.parcel', { service: null, operation: 'acme.parcel' }],
    ['timer', null, { service: null, operation: null }],
  ] as const)('a %s of %s is split into service and operation', (kind, type, parts) => {
    expect(new StepList().begin({ name: 'x', kind, type, at: at(1) })).toMatchObject(parts);
  });
});

describe('an undo', () => {
  it.each([
    { steps: ['ship'], undo: 'undo:ship', undoes: 'ship' },
    { steps: ['ship/label'], undo: 'undo:ship/void', undoes: 'ship' },
    { steps: ['a/b'], undo: 'undo:a/b', undoes: 'a/b' },
    { steps: ['ship'], undo: 'ship again', undoes: null },
  ])('$undo takes back $undoes', ({ steps, undo, undoes }) => {
    const list = new StepList();
    for (const name of steps) list.begin(call(name));
    expect(list.begin(call(undo)).undoes).toBe(undoes);
  });
});

describe('the end of a step', () => {
  it('leaves no next attempt, and an error only where there was one', () => {
    const step = new StepList().begin(call('ship'));
    step.error = { code: 'x', message: 'y' };
    step.nextAttemptAt = at(9);
    endStep(step, 'completed', { at: at(2) });
    expect(step).toMatchObject({ status: 'completed', closedAt: at(2), nextAttemptAt: null, error: null });
  });
});
