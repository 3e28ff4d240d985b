import type { RunResource } from '../../core/run-resource.ts';
import { applyChange, type RunChange } from '../../runs/run-change.ts';
import { toProblem } from '../api/api-failure.ts';
import { ask } from '../api/ask.ts';
import type { ShownProblem } from '../api/shown-problem.ts';

/** How the page is connected to the run that it shows. */
export type Connection =
  | { readonly state: 'connecting' | 'live' | 'reconnecting' | 'ended' }
  /** The API answers, but cannot see the run: Temporal does not answer, or there is no such run. */
  | { readonly state: 'away'; readonly problem: ShownProblem };

export interface Seen {
  /** As it was seen last. */
  readonly run: RunResource | null;
  readonly connection: Connection;
}

/** How long to wait before looking again, in milliseconds. */
const patience = 2_000;

/**
 * Follows a run by Server-Sent Events and tells what it sees, until it is stopped. A connection that breaks is opened
 * again; it begins with a whole new run, so nothing is missed.
 */
export function followRun(id: string, tell: (seen: Seen) => void): () => void {
  const path = `/v1/runs/${encodeURIComponent(id)}`;
  let run: RunResource | null = null;
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;

  const report = (connection: Connection): void => {
    if (!isStopped) tell({ run, connection });
  };
  const close = (): void => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const lookAgainLater = (): void => {
    close();
    if (!isStopped) timer = setTimeout(open, patience);
  };
  const away = (problem: ShownProblem): void => {
    report({ state: 'away', problem });
    lookAgainLater();
  };

  function open(): void {
    close();
    if (isStopped || document.hidden) return;
    const opened = new EventSource(`${path}/stream`);
    source = opened;
    const on = (type: string, take: (data: unknown) => void): void => {
      opened.addEventListener(type, (event) => {
        take(JSON.parse((event as MessageEvent<string>).data));
      });
    };
    on('snapshot', (snapshot) => {
      run = snapshot as RunResource;
      report({ state: 'live' });
    });
    on('change', (change) => {
      if (run !== null) run = applyChange(run, change as RunChange);
      report({ state: 'live' });
    });
    // The run comes whole when it can be seen again.
    on('problem', (problem) => {
      report({ state: 'away', problem: problem as ShownProblem });
    });
    on('end', () => {
      close();
      report({ state: 'ended' });
    });
    opened.onerror = () => {
      if (opened.readyState !== EventSource.CLOSED) report({ state: 'reconnecting' });
      else void askWhy();
    };
  }

  /** A browser does not say why a stream could not be opened: the run itself does. */
  async function askWhy(): Promise<void> {
    try {
      run = await ask<RunResource>('GET', path);
      report({ state: 'reconnecting' });
      lookAgainLater();
    } catch (error) {
      const problem = toProblem(error);
      if (problem.status !== 0) {
        away(problem);
        return;
      }
      report({ state: 'reconnecting' });
      lookAgainLater();
    }
  }

  /** Browsers allow a few connections only: a page that is not seen holds none. */
  const onVisibility = (): void => {
    if (document.hidden) close();
    else if (source === null) open();
  };
  document.addEventListener('visibilitychange', onVisibility);
  open();
  return () => {
    isStopped = true;
    document.removeEventListener('visibilitychange', onVisibility);
    close();
  };
}
