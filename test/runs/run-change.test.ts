import { describe, expect, it } from 'vitest';

import type { RunView, StepView } from '../../src/core/run-state.ts';
import { applyChange, changeBetween, type RunChange } from '../../src/runs/run-change.ts';

const step = (name: string, more: Partial<StepView> = {}): StepView => ({
  ...{
    name,
    kind: 'call',
    service: 's',
    operation: 'o',
    run: null,
    status: 'running',
    undoes: null,
    attempt: 1,
  },
  ...{ startedAt: '2026-01-01T00:00:00.000Z', closedAt: null, nextAttemptAt: null, error: null },
  ...more,
});

const run = (steps: readonly StepView[], more: Partial<RunView> = {}): RunView => ({
  ...{
    id: 'r-1',
    process: 'p',
    version: null,
    businessKey: null,
    parent: null,
    status: 'running',
    input: { a: 1 },
  },
  ...{ output: null, error: null, startedAt: '2026-01-01T00:00:00.000Z', closedAt: null, stall: null },
  steps,
  ...more,
});

describe('changeBetween', () => {
  it('is nothing where nothing has changed', () => {
    expect(changeBetween(run([step('a')]), run([step('a')]))).toBeNull();
  });

  it('holds each step that changed or began, whole, and no other', () => {
    const done = step('b', { status: 'completed' });
    expect(changeBetween(run([step('a'), step('b')]), run([step('a'), done, step('c')]))).toEqual({
      steps: [done, step('c')],
    });
  });

  it('holds the fields of the run that changed', () => {
    const ended = { status: 'completed', output: { x: 1 }, closedAt: '2026-01-01T00:00:01.000Z' } as const;
    expect(changeBetween(run([step('a')]), run([step('a')], ended))).toEqual({ ...ended, steps: [] });
  });

  it('tells a call and a decision of one name apart', () => {
    const decision = step('a', { kind: 'decision' });
    expect(changeBetween(run([step('a')]), run([step('a'), decision]))).toEqual({ steps: [decision] });
  });

  it('is all where the run goes on in a new execution', () => {
    expect(changeBetween(run([step('a')]), run([]))).toBe('all');
    expect(changeBetween(run([]), run([], { startedAt: '2026-01-02T00:00:00.000Z' }))).toBe('all');
  });
});

describe('applyChange', () => {
  const done = step('b', { status: 'completed', closedAt: '2026-01-01T00:00:01.000Z' });
  const ended = { status: 'completed', output: { x: 1 }, closedAt: '2026-01-01T00:00:02.000Z' } as const;
  const decision = step('a', { kind: 'decision', status: 'waiting' });

  it.each([
    { what: 'a step that changed', before: run([step('a'), step('b')]), after: run([step('a'), done]) },
    { what: 'a step that began', before: run([]), after: run([step('a')]) },
    { what: 'a run that ended', before: run([done]), after: run([done], ended) },
    {
      what: 'a decision of the name of a call',
      before: run([step('a'), done]),
      after: run([step('a'), done, decision]),
    },
    {
      what: 'an error that went away',
      before: run([step('a', { error: { code: 'call-failed', message: '503' } })]),
      after: run([step('a')]),
    },
  ])('gives what changeBetween compared: $what', ({ before, after }) => {
    expect(applyChange(before, changeBetween(before, after) as RunChange)).toEqual(after);
  });

  it('keeps what the API adds to a run, and leaves the run itself as it is', () => {
    const before = { ...run([step('a'), step('b')]), links: { self: '/v1/runs/r-1' } };
    const copy = structuredClone(before);
    expect(applyChange(before, { ...ended, steps: [done] })).toEqual({
      ...before,
      ...ended,
      steps: [step('a'), done],
    });
    expect(before).toEqual(copy);
  });
});
