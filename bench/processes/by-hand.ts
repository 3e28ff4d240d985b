import { proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';

/** What the activities want; a workflow written by hand has to make keys and traces itself. */
interface Input {
  readonly body: { readonly n: number };
  readonly idempotencyKey: string;
  readonly traceparent: string;
}

type Call = (input: Input) => Promise<{ readonly n: number }>;

const ordinary = proxyActivities<{ 'bench.ordinary': Call }>({
  startToCloseTimeout: '10 s',
  heartbeatTimeout: '10 s',
  retry: { initialInterval: 500, backoffCoefficient: 2, maximumInterval: 30_000, maximumAttempts: 25 },
});

const quick = proxyLocalActivities<{ 'bench.quick': Call }>({
  startToCloseTimeout: '2 s',
  retry: { maximumAttempts: 2, initialInterval: 50 },
});

/** Four calls, one after another, as a team would write them on Temporal alone. */
async function fourCalls(call: Call): Promise<number> {
  const { runId } = workflowInfo();
  const traceparent = `00-${runId.replaceAll('-', '')}-0000000000000001-01`;
  let sum = 0;
  for (let n = 1; n <= 4; n += 1) {
    sum += (await call({ body: { n }, idempotencyKey: `${runId}/call-${n}`, traceparent })).n;
  }
  return sum;
}

export function handOrdinary(): Promise<number> {
  return fourCalls(ordinary['bench.ordinary']);
}

export function handQuick(): Promise<number> {
  return fourCalls(quick['bench.quick']);
}
