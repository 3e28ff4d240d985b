import { describe, expect, it } from 'vitest';

import { ActivitySteps } from '../../src/runs/activity-steps.ts';
import { DecisionSteps } from '../../src/runs/decision-steps.ts';
import { type Step, StepList } from '../../src/runs/step-list.ts';
import type { HistoryEvent } from '../../src/runs/temporal-types.ts';
import { WaitingSteps } from '../../src/runs/waiting-steps.ts';
import { accepted, at, completed, failed, history, scheduled, started, updated, upsert } from './events.ts';

function fold(events: readonly HistoryEvent[]): { steps: Step[]; status: string | null } {
  const list = new StepList();
  const decisions = new DecisionSteps(list);
  const waiting = new WaitingSteps(list, decisions);
  const parts = [new ActivitySteps(list), decisions, waiting];
  for (const event of events) for (const part of parts) part.take(event, at(Number(event.eventId)));
  return { steps: list.all(), status: waiting.status };
}

const ask = upsert({ waitingFor: ['approval'] });
const askNoMore = upsert({ waitingFor: null });

describe('a decision', () => {
  it('waits until its update has completed', () => {
    expect(fold(history(ask)).steps).toMatchObject([
      { name: 'approval', kind: 'decision', status: 'waiting' },
    ]);
    expect(fold(history(ask, accepted('approval'))).steps).toMatchObject([{ status: 'waiting' }]);
    expect(fold(history(ask, accepted('approval'), updated(2), askNoMore)).steps).toMatchObject([
      { status: 'completed', closedAt: at(3), attempt: 1 },
    ]);
  });

  it('goes on waiting when its update failed', () => {
    const failure = { message: 'no such choice', applicationFailureInfo: { type: 'invalid-input' } };
    expect(fold(history(ask, accepted('approval'), updated(2, { failure }))).steps).toMatchObject([
      { status: 'waiting', closedAt: null, error: { code: 'invalid-input', message: 'no such choice' } },
    ]);
  });

  it('may be taken before the run asks for it', () => {
    const events = history(accepted('approval'), updated(1), ask, askNoMore);
    expect(fold(events).steps).toMatchObject([{ status: 'completed', closedAt: at(2), attempt: 1 }]);
  });

  it('may be asked for again', () => {
    const events = history(ask, accepted('approval'), updated(2), askNoMore, ask);
    expect(fold(events).steps).toMatchObject([{ status: 'waiting', attempt: 2, closedAt: null }]);
  });

  it('is one of several that the run waits for', () => {
    const events = history(
      ask,
      upsert({ waitingFor: ['approval', 'price'] }),
      upsert({ waitingFor: ['price'] }),
    );
    expect(fold(events).steps).toMatchObject([
      { name: 'approval', status: 'completed', closedAt: at(3) },
      { name: 'price', status: 'waiting', closedAt: null },
    ]);
  });

  it('is not an update of Baton itself', () => {
    expect(fold(history(accepted('baton.steer'), updated(1))).steps).toEqual([]);
  });
});

describe('a stuck step', () => {
  const stuck = upsert({ waitingFor: ['ship'], status: 'stuck' });
  const settled = upsert({ waitingFor: null, status: null });
  const broken = [scheduled('ship'), started(1), failed(1, 'down')];

  it('is the call that failed', () => {
    expect(fold(history(...broken, stuck))).toMatchObject({
      status: 'stuck',
      steps: [{ name: 'ship', kind: 'call', status: 'stuck', closedAt: null, error: { message: 'down' } }],
    });
  });

  it('is the call of a saga step that makes several', () => {
    const events = history(
      scheduled('ship/label'),
      failed(1, 'down'),
      scheduled('other'),
      completed(3),
      stuck,
    );
    expect(fold(events).steps).toMatchObject([
      { name: 'ship/label', status: 'stuck' },
      { name: 'other', status: 'completed' },
    ]);
  });

  it('need not be a call', () => {
    expect(fold(history(stuck)).steps).toMatchObject([{ name: 'ship', service: null, status: 'stuck' }]);
  });

  it('has failed when it was settled, and runs when it is tried again', () => {
    expect(fold(history(...broken, stuck, settled))).toMatchObject({
      status: null,
      steps: [{ status: 'failed', closedAt: at(5), error: { message: 'down' } }],
    });
    expect(fold(history(...broken, stuck, settled, scheduled('ship'), started(6))).steps).toMatchObject([
      { status: 'running', closedAt: null, attempt: 2 },
    ]);
  });

  it('stands beside a decision that is asked for meanwhile', () => {
    const events = history(...broken, stuck, upsert({ waitingFor: ['approval', 'ship'] }));
    expect(fold(events).steps).toMatchObject([
      { name: 'ship', kind: 'call', status: 'stuck' },
      { name: 'approval', kind: 'decision', status: 'waiting' },
    ]);
  });
});

it('keeps what the run said of itself until it says otherwise', () => {
  expect(fold(history(upsert({ status: 'paused' }), ask)).status).toBe('paused');
});
