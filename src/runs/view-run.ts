import { memoKeys, searchAttributes } from '../core/attributes.ts';
import { runPath } from '../core/run-path.ts';
import type { RunReference, RunView } from '../core/run-state.ts';
import { ActivitySteps } from './activity-steps.ts';
import { ChildRunSteps } from './child-run-steps.ts';
import { DecisionSteps } from './decision-steps.ts';
import { ListenSteps } from './listen-steps.ts';
import { LocalActivitySteps } from './local-activity-steps.ts';
import { decodeFirst, decodeText } from './payload.ts';
import { endOfRun, type RunEnd } from './run-end.ts';
import { isOpen, toRunStatus } from './run-status.ts';
import { findStall, WorkflowTaskFailures } from './stall.ts';
import { endStep, type Step, StepList } from './step-list.ts';
import { type Description, type HistoryEvent, toIso, toMilliseconds } from './temporal-types.ts';
import { TimerSteps } from './timer-steps.ts';
import { WaitingSteps } from './waiting-steps.ts';

/** What a view is computed from. */
export interface RunEvidence {
  readonly description: Description;
  /** Every event of the execution that the description is of. */
  readonly history: readonly HistoryEvent[];
  /** Workers that ask the run's task queue for work; `null` or left out = not known. */
  readonly taskQueuePollers?: number | null;
  /** When the two were read. */
  readonly now: Date;
}

/** Shows a run from what Temporal keeps of it; no worker is asked. */
export function viewRun({ description, history, taskQueuePollers = null, now }: RunEvidence): RunView {
  const steps = new StepList();
  const activities = new ActivitySteps(steps);
  const localActivities = new LocalActivitySteps(steps);
  const listens = new ListenSteps(steps);
  const decisions = new DecisionSteps(steps);
  const timers = new TimerSteps(steps, { decisions, listens, localActivities });
  const waiting = new WaitingSteps(steps, decisions);
  const childRuns = new ChildRunSteps(steps);
  const failures = new WorkflowTaskFailures();
  const parts = [activities, localActivities, listens, decisions, timers, waiting, childRuns, failures];

  let end: RunEnd | null = null;
  let closedAt: string | null = null;
  for (const event of history) {
    const at = toIso(toMilliseconds(event.eventTime));
    for (const part of parts) part.take(event, at);
    const ending = endOfRun(event);
    if (ending === null) continue;
    end = ending;
    closedAt = at;
  }
  activities.takePending(description.pendingActivities ?? [], now.getTime());

  const info = description.workflowExecutionInfo;
  const status = end?.status ?? toRunStatus(info?.status, waiting.status);
  if (info?.closeTime) closedAt ??= toIso(toMilliseconds(info.closeTime));
  if (closedAt !== null) {
    childRuns.handOver(closedAt);
    closeSteps(steps.all(), closedAt);
  }
  const evidence = { description, failure: failures.message, taskQueuePollers, now: now.getTime() };
  return {
    id: info?.execution?.workflowId ?? '',
    process: info?.type?.name ?? '',
    version: decodeText(info?.memo?.fields, memoKeys.version),
    businessKey: decodeText(info?.searchAttributes?.indexedFields, searchAttributes.businessKey),
    parent: parentOf(history),
    status,
    input: decodeFirst(history[0]?.workflowExecutionStartedEventAttributes?.input),
    output: end?.output ?? null,
    error: end?.error ?? null,
    startedAt: startOf(description, history),
    closedAt: isOpen(status) ? null : closedAt,
    stall: isOpen(status) ? findStall(evidence) : null,
    steps: steps.all(),
  };
}

/** The run whose step started this one; every later execution of it begins with the same word. */
function parentOf([first]: readonly HistoryEvent[]): RunReference | null {
  const id = first?.workflowExecutionStartedEventAttributes?.parentWorkflowExecution?.workflowId;
  return id ? { id, self: runPath(id) } : null;
}

/** Of an execution that a reset began, the description has the time of the reset, and an attribute the first start. */
function startOf({ workflowExecutionInfo: info }: Description, history: readonly HistoryEvent[]): string {
  const first = decodeText(info?.searchAttributes?.indexedFields, searchAttributes.startedAt);
  return toIso(first === null ? toMilliseconds(history[0]?.eventTime ?? info?.startTime) : Date.parse(first));
}

/** What was still open when the run ended came to nothing. */
function closeSteps(steps: readonly Step[], at: string): void {
  for (const step of steps) {
    if (step.status === 'stuck') endStep(step, 'failed', { at, error: step.error });
    else if (step.closedAt === null) endStep(step, 'cancelled', { at, error: step.error });
  }
}
