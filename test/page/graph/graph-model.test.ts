import { describe, expect, it } from 'vitest';

import type { RunStatus, StepView } from '../../../src/core/run-state.ts';
import type { DeclaredStep } from '../../../src/core/declared-step.ts';
import { graphOf } from '../../../src/page/graph/graph-model.ts';
import { nodeNote } from '../../../src/page/graph/node-note.ts';
import { declare, step, undo } from '../steps.ts';

const order: readonly DeclaredStep[] = [
  declare('reserve', { each: true }),
  declare('pay', { after: ['reserve'] }),
  declare('approval', { kind: 'decision', operation: null, after: ['pay'] }),
  declare('ship', { after: ['approval'] }),
];

/** Label and state of every node. */
function states(steps: readonly StepView[], status: RunStatus = 'running', graph = order): string[] {
  return graphOf(graph, { status, steps }).nodes.map(({ label, state }) => `${label}: ${state}`);
}

function edges(steps: readonly StepView[], graph = order): string[] {
  return graphOf(graph, { status: 'running', steps }).edges.map(({ from, to, isInferred }) =>
    `${from} ${isInferred ? '⇢' : '→'} ${to}`.replaceAll('\n', '|'),
  );
}

describe('the graph of a run', () => {
  it('shows what is to come of a run that has just begun', () => {
    expect(states([])).toEqual(['reserve: to-come', 'pay: to-come', 'approval: to-come', 'ship: to-come']);
    expect(edges([])).toEqual(['reserve → pay', 'pay → approval', 'approval → ship']);
  });

  it('shows a step that runs for each of something once for each', () => {
    const steps = [step('reserve tea'), step('reserve cup', { status: 'waiting', closedAt: null })];
    expect(states(steps).slice(0, 3)).toEqual([
      'reserve tea: completed',
      'reserve cup: waiting',
      'pay: to-come',
    ]);
    expect(edges(steps).slice(0, 2)).toEqual(['reserve|reserve tea → pay', 'reserve|reserve cup → pay']);
  });

  it('shows many of them as one', () => {
    const steps = Array.from({ length: 30 }, (_, index) =>
      step(`reserve ${index}`, index === 7 ? { status: 'stuck' } : {}),
    );
    const [node] = graphOf(order, { status: 'stuck', steps }).nodes;
    expect(node).toMatchObject({ label: 'reserve', state: 'stuck', count: 30 });
    expect(node && nodeNote(node, () => '')).toBe('29 completed, 1 stuck');
  });

  it('tells what was passed over from what was not reached', () => {
    const steps = [step('reserve tea'), step('pay'), step('ship')];
    expect(states(steps)[2]).toBe('approval: skipped');
    expect(states([step('reserve tea'), step('pay', { status: 'failed' })], 'failed').slice(2)).toEqual([
      'approval: not-reached',
      'ship: not-reached',
    ]);
  });

  it('expects nothing more of a run that takes back what it did', () => {
    const steps = [step('reserve tea'), step('pay'), undo('pay', { status: 'stuck', closedAt: null })];
    expect(states(steps, 'stuck').slice(2)).toEqual(['approval: not-reached', 'ship: not-reached']);
  });

  it('takes the calls that a step makes together', () => {
    const graph = [declare('ship'), declare('each', { each: true })];
    const steps = [step('ship/label'), step('ship/send', { status: 'running' }), step('each tea/one')];
    expect(states(steps, 'running', graph)).toEqual(['ship: running', 'each tea: completed']);
  });

  it('prefers the longer of two names that fit', () => {
    const graph = [declare('reserve', { each: true }), declare('reserve seat', { each: true })];
    expect(states([step('reserve seat A1')], 'running', graph)).toEqual([
      'reserve: to-come',
      'reserve seat A1: completed',
    ]);
  });

  it('does not take a call for a decision of the same name', () => {
    expect(states([step('approval', { operation: 'ask' })])).toContain('approval: to-come');
    expect(states([step('approval', { operation: 'ask' })]).at(-1)).toBe('approval: completed');
  });

  it.each<[string, Partial<StepView>, Partial<StepView>, string]>([
    ['was taken back', {}, {}, 'undone'],
    ['is being taken back', {}, { status: 'running' }, 'undoing'],
    ['cannot be taken back', {}, { status: 'stuck' }, 'stuck'],
    ['was given up', {}, { status: 'failed' }, 'failed'],
    ['failed, and was taken back', { status: 'failed' }, {}, 'failed'],
    ['timed out, and was taken back', { status: 'timed-out' }, {}, 'timed-out'],
    ['was cancelled, and taken back', { status: 'cancelled' }, {}, 'undone'],
  ])('shows a step that %s', (...[, is, undone, state]) => {
    const steps = [step('pay', is), undo('pay', undone)];
    expect(states(steps)[1]).toBe(`pay: ${state}`);
  });

  it('finds the undo of a step that makes several calls', () => {
    const steps = [step('pay/one'), undo('pay', { name: 'undo:pay/back' })];
    expect(states(steps)).toContain('pay: undone');
  });

  it('shows steps that are not declared where they happened', () => {
    const at = (second: number): string => `2026-03-12T10:00:0${second}.000Z`;
    const steps = [
      step('first', { startedAt: at(0), closedAt: at(1) }),
      step('second', { startedAt: at(2), closedAt: null, status: 'running' }),
      step('beside', { startedAt: at(2), closedAt: at(3) }),
      undo('nothing', { startedAt: at(4), closedAt: at(5) }),
    ];
    expect(states(steps, 'running', [])).toEqual([
      'first: completed',
      'second: running',
      'beside: completed',
      'undo:nothing: completed',
    ]);
    expect(edges(steps, [])).toEqual([
      'call|first ⇢ call|second',
      'call|first ⇢ call|beside',
      'call|beside ⇢ call|undo:nothing',
    ]);
  });

  it('has an id for each node', () => {
    const steps = [step('reserve tea'), step('reserve'), step('other'), step('other', { kind: 'timer' })];
    const ids = graphOf(order, { status: 'running', steps }).nodes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
