import type { RunView } from '../core/run-state.ts';

/** The request that starts a run's process again with the same input. */
export interface StartAnew {
  readonly method: 'POST';
  readonly href: string;
  readonly body: { readonly input: RunView['input']; readonly businessKey?: string };
}

export function startAnew({ process, input, businessKey }: RunView): StartAnew {
  return {
    method: 'POST',
    href: startPath(process),
    body: { input, ...(businessKey !== null && { businessKey }) },
  };
}

export function startPath(process: string): string {
  return `/v1/processes/${encodeURIComponent(process)}/runs`;
}
