/** Where Temporal's Web UI shows a run. */
export interface WebUiLinks {
  /** The run, whichever execution of it is the newest. */
  readonly run: string;
  /** The events of one execution. */
  readonly history: string;
}

/** One execution of a run. */
export interface Execution {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

/** @param uiUrl the address of the Web UI, also one below a path */
export function webUiLinks(uiUrl: string, { namespace, workflowId, runId }: Execution): WebUiLinks {
  const base = uiUrl.replace(/\/+$/, '');
  const run = `${base}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`;
  return { run, history: `${run}/${encodeURIComponent(runId)}/history` };
}
