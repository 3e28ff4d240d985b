import type { RunView, StepView } from '../../../src/core/run-state.ts';
import type { RunResource } from '../../../src/core/run-resource.ts';

const at = (seconds: number): string =>
  new Date(Date.UTC(2026, 0, 31, 12, 0) + seconds * 1_000).toISOString();

/** Half a minute after the start of the run. */
export const now = Date.parse(at(30));

/** A call that was done at once. */
export function step(name: string, more: Partial<StepView> = {}): StepView {
  const [service = null, operation = null] = (
    name.startsWith('undo:') ? 'stock.release' : 'stock.reserve'
  ).split('.');
  return {
    ...{ name, kind: 'call', service, operation, run: null, status: 'completed', undoes: null, attempt: 1 },
    ...{ startedAt: at(1), closedAt: at(1.25), nextAttemptAt: null, error: null },
    ...more,
  };
}

export function run(steps: readonly StepView[], more: Partial<RunView> = {}): RunResource {
  return {
    ...{
      id: 'order-1',
      process: 'order',
      version: null,
      businessKey: '1001',
      parent: null,
      status: 'running',
    },
    ...{ input: { lines: 2 }, output: null, error: null, startedAt: at(0), closedAt: null, stall: null },
    steps,
    links: { self: '/v1/runs/order-1', history: '/v1/runs/order-1/history', temporalUi: null },
    ...more,
  };
}

export const waitingCall = step('pay', {
  ...{ service: 'payment', operation: 'pay', status: 'waiting', attempt: 3, closedAt: null },
  nextAttemptAt: at(34),
  error: { code: 'call-failed', message: 'the service answered 503', status: 503 },
});

export const waitingDecision = step('approval', {
  ...{ kind: 'decision', service: null, operation: null, status: 'waiting', closedAt: null },
  nextAttemptAt: at(86_400),
});

export { at };
