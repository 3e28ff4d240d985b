import { describe, expect, it } from 'vitest';

import { DecisionSteps } from '../../src/runs/decision-steps.ts';
import { type Step, StepList } from '../../src/runs/step-list.ts';
import { accepted, at, type Attributes, history, updated } from './events.ts';

interface Told {
  readonly list: StepList;
  readonly decisions: DecisionSteps;
  readonly tell: (...events: readonly Attributes[]) => void;
}

/** A run that has said nothing yet. */
function quiet(): Told {
  const list = new StepList();
  const decisions = new DecisionSteps(list);
  return {
    list,
    decisions,
    tell: (...events) => {
      for (const event of history(...events)) decisions.take(event, at(Number(event.eventId)));
    },
  };
}

const only = ({ list }: Told): Step | undefined => list.all()[0];

describe('a decision with a deadline', () => {
  it('shows until when it waits', () => {
    const run = quiet();
    run.decisions.begin('approval', at(1));
    expect(run.decisions.takeDeadline('approval', 't', at(60))).toBe(true);
    expect(only(run)).toMatchObject({ status: 'waiting', nextAttemptAt: at(60) });
  });

  it('has timed out when the deadline passed', () => {
    const run = quiet();
    run.decisions.begin('approval', at(1));
    run.decisions.takeDeadline('approval', 't', at(60));
    run.decisions.endDeadline('t', { fired: true, at: at(60) });
    run.decisions.end('approval', at(61));
    expect(only(run)).toMatchObject({ status: 'timed-out', closedAt: at(60), nextAttemptAt: null });
  });

  it('is as it was decided when its timer is cancelled for that', () => {
    const run = quiet();
    run.decisions.begin('approval', at(1));
    run.decisions.takeDeadline('approval', 't', at(60));
    run.tell(accepted('approval'), updated(1));
    run.decisions.endDeadline('t', { fired: false, at: at(3) });
    run.decisions.end('approval', at(3));
    expect(only(run)).toMatchObject({ status: 'completed', closedAt: at(2), nextAttemptAt: null });
  });

  it('takes no timer of another name', () => {
    expect(quiet().decisions.takeDeadline('approval', 't', at(60))).toBe(false);
  });
});

describe('a decision', () => {
  it('is cancelled with its run', () => {
    const run = quiet();
    run.decisions.begin('approval', at(1));
    run.tell({ workflowExecutionCancelRequestedEventAttributes: {} });
    run.decisions.end('approval', at(2));
    expect(only(run)).toMatchObject({ status: 'cancelled', closedAt: at(2) });
  });

  it('that came again after a reset is known by the id of its update', () => {
    const run = quiet();
    run.decisions.begin('approval', at(1));
    run.tell(
      {
        workflowExecutionUpdateAdmittedEventAttributes: {
          request: { meta: { updateId: 'u-1' }, input: { name: 'approval' } },
        },
      },
      { workflowExecutionUpdateAcceptedEventAttributes: { protocolInstanceId: 'u-1' } },
      updated(2),
    );
    expect(run.list.all()).toMatchObject([{ name: 'approval', status: 'completed', closedAt: at(3) }]);
  });

  it('is no update without a name, and none that was never accepted', () => {
    const run = quiet();
    run.tell({ workflowExecutionUpdateAcceptedEventAttributes: {} }, updated(9));
    expect(run.list.all()).toEqual([]);
  });
});

describe('an update that the run does not wait for', () => {
  it('runs until it has an answer', () => {
    const run = quiet();
    run.tell(accepted('rename'));
    expect(only(run)).toMatchObject({ name: 'rename', kind: 'decision', status: 'running', attempt: 1 });
    run.tell(accepted('rename'), updated(1));
    expect(only(run)).toMatchObject({ status: 'completed', closedAt: at(2) });
  });

  it('has failed when its handler has', () => {
    const run = quiet();
    const failure = { message: 'it has one size', applicationFailureInfo: { type: 'one-size' } };
    run.tell(accepted('resize'), updated(1, { failure }));
    expect(only(run)).toMatchObject({ status: 'failed', closedAt: at(2), error: { code: 'one-size' } });
  });

  it('may come again', () => {
    const run = quiet();
    run.tell(accepted('rename'), updated(1), accepted('rename'));
    expect(only(run)).toMatchObject({ status: 'running', closedAt: null, attempt: 2 });
  });

  it('that failed is asked for all the same when the run then waits for it', () => {
    const run = quiet();
    const failure = { message: 'too early', applicationFailureInfo: { type: 'early' } };
    run.tell(accepted('approval'), updated(1, { failure }));
    run.decisions.begin('approval', at(5));
    expect(only(run)).toMatchObject({ status: 'waiting', closedAt: null });
  });
});
