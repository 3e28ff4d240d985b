import { describe, expect, it } from 'vitest';

import { ChildRunSteps } from '../../src/runs/child-run-steps.ts';
import { type Step, StepList } from '../../src/runs/step-list.ts';
import { at, type Attributes, history, ids, summary } from './events.ts';

const [terminate, abandon] = [1, 2];

function asked(workflowId: string, parentClosePolicy = terminate): Attributes {
  return {
    startChildWorkflowExecutionInitiatedEventAttributes: {
      ...{ workflowId, workflowType: { name: 'parcel' } },
      ...ids({ parentClosePolicy }),
    },
  };
}

function started(initiatedEventId: number): Attributes {
  return { childWorkflowExecutionStartedEventAttributes: ids({ initiatedEventId }) };
}

/** The steps; with `endedAt`, as they are when the run itself ends. */
function fold(events: readonly Attributes[], endedAt?: number): Step[] {
  const steps = new StepList();
  const runs = new ChildRunSteps(steps);
  for (const event of history(...events)) runs.take(event, at(Number(event.eventId)));
  if (endedAt !== undefined) runs.handOver(at(endedAt));
  return steps.all();
}

describe('a run that a step starts', () => {
  it('is a step that leads to it', () => {
    expect(fold([asked('parcel/1')])).toMatchObject([
      {
        ...{ name: 'parcel/1', kind: 'run', service: null, operation: 'parcel', status: 'scheduled' },
        ...{ attempt: 0, startedAt: at(1), run: { id: 'parcel/1', self: '/v1/runs/parcel%2F1' } },
      },
    ]);
    expect(fold([asked('p'), started(1)])).toMatchObject([{ status: 'running', attempt: 1 }]);
  });

  const initiated = ids({ initiatedEventId: 1 });
  const failure = { message: 'no address', applicationFailureInfo: { type: 'call-refused' } };
  it.each<[string, Attributes, object]>([
    ['completes', { childWorkflowExecutionCompletedEventAttributes: initiated }, { status: 'completed' }],
    [
      'fails',
      { childWorkflowExecutionFailedEventAttributes: { ...initiated, failure } },
      { status: 'failed', error: { code: 'call-refused', message: 'no address' } },
    ],
    ['times out', { childWorkflowExecutionTimedOutEventAttributes: initiated }, { status: 'timed-out' }],
    [
      'is cancelled',
      { childWorkflowExecutionCanceledEventAttributes: initiated },
      { status: 'cancelled', error: null },
    ],
    [
      'is terminated',
      { childWorkflowExecutionTerminatedEventAttributes: initiated },
      { status: 'cancelled', error: { code: 'terminated' } },
    ],
    [
      'cannot begin, for another run has its id',
      { startChildWorkflowExecutionFailedEventAttributes: initiated },
      { status: 'failed', error: { code: 'run-exists' } },
    ],
  ])('%s', (_case, end, step) => {
    expect(fold([asked('p'), started(1), end])).toMatchObject([{ closedAt: at(3), ...step }]);
  });

  it('is named by its summary; of several with one summary, each is a step', () => {
    const name = summary('Send a parcel');
    const steps = fold([{ ...asked('p-1'), ...name }, { ...asked('p-2'), ...name }, started(2)]);
    expect(steps).toMatchObject([
      { name: 'Send a parcel', status: 'scheduled', run: { id: 'p-1' } },
      { name: 'Send a parcel (p-2)', status: 'running', run: { id: 'p-2' } },
    ]);
  });

  it('is one step with the run of the same id that came before', () => {
    const done = { childWorkflowExecutionCompletedEventAttributes: ids({ initiatedEventId: 1 }) };
    expect(fold([asked('p'), started(1), done, asked('p'), started(4)])).toMatchObject([
      { status: 'running', attempt: 2, closedAt: null },
    ]);
  });

  it('is handed over when it is to outlive the run, and is not ended by its end', () => {
    const events = [asked('p-1', abandon), asked('p-2', terminate), started(1), started(2)];
    expect(fold(events, 9)).toMatchObject([
      { status: 'completed', closedAt: at(9) },
      { status: 'running', closedAt: null },
    ]);
  });

  it('that never began is not handed over', () => {
    expect(fold([asked('p', abandon)], 9)).toMatchObject([{ status: 'scheduled', closedAt: null }]);
  });
});

it('knows no other events', () => {
  const events = [
    { workflowExecutionSignaledEventAttributes: { signalName: 'x' } },
    { childWorkflowExecutionStartedEventAttributes: ids({ initiatedEventId: 99 }) },
  ];
  expect(fold(events)).toEqual([]);
});
