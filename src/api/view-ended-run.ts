import type { RunView } from '../core/run-state.ts';
import { viewRun } from '../runs/view-run.ts';
import type { HistoryEvent } from '../temporal/read-history.ts';

/**
 * Shows a run that has ended from its history alone: what Temporal's description would add is all in the first event,
 * and nothing is pending any more. It spares the client that waited another question to Temporal.
 *
 * @param history every event of the execution that ended the run
 */
export function viewEndedRun(id: string, history: readonly HistoryEvent[]): RunView {
  const [first] = history;
  const started = first?.workflowExecutionStartedEventAttributes;
  const description = {
    workflowExecutionInfo: {
      execution: { workflowId: id },
      type: started?.workflowType ?? null,
      startTime: first?.eventTime ?? null,
      memo: started?.memo ?? null,
      searchAttributes: started?.searchAttributes ?? null,
    },
  };
  return viewRun({ description, history, now: new Date() });
}
