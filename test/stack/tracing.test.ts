import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type CollectedSpan, startCollector } from '../support/collector.ts';
import { createOrder } from '../support/shop.ts';
import { isClosed, openStack, type Stack } from '../support/stack.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

let stack: Stack;
let collector: Awaited<ReturnType<typeof startCollector>>;

beforeAll(async () => {
  collector = await startCollector();
  stack = await openStack();
});
afterAll(async () => {
  await stack.close();
  collector.close();
});

describe('the trace of a run', () => {
  it('leads from the request that started it through the workflow to each attempt of each call', async () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const [worker, api] = await Promise.all([stack.startWorker(env), stack.startApi(env)]);
    await stack.addFault('payment', { operation: 'authorise', status: 503, times: 1, orderId: 'traced' });
    const { status } = await stack.send('POST', '/v1/processes/order-fulfilment/runs', {
      body: { id: 'traced', input: createOrder(stack.project, 'traced') },
      headers: { traceparent: `00-${traceId}-${spanId}-01` },
    });
    expect(status).toBe(201);
    await stack.untilRun('traced', isClosed);
    // What ends sends the rest of what it has.
    await Promise.all([worker.stop(), api.stop()]);

    const trace = collector.spans.filter((span) => span.traceId === traceId);
    const request = find(trace, 'POST /v1/processes/{process}/runs');
    expect(request.parentSpanId).toBe(spanId);
    expect(request.attributes).toMatchObject({ 'http.response.status_code': 201 });
    const started = find(trace, 'StartWorkflow:order-fulfilment');
    expect(started.parentSpanId).toBe(request.spanId);
    expect(find(trace, 'RunWorkflow:order-fulfilment').parentSpanId).toBe(started.spanId);
    const attempts = trace.filter(({ name }) => name === 'RunActivity:payment.authorise');
    expect(attempts.map(({ attributes }) => attributes)).toMatchObject(
      [1, 2].map((attempt) => ({
        'baton.run': 'traced',
        'baton.step': 'authorise payment',
        'baton.service': 'payment',
        'baton.operation': 'authorise',
        'baton.attempt': attempt,
      })),
    );
    for (const name of ['inventory.reserve', 'shipping.create', 'payment.capture', 'notification.send']) {
      expect(trace.map((span) => span.name)).toContain(`RunActivity:${name}`);
    }
  });
});

function find(spans: readonly CollectedSpan[], name: string): CollectedSpan {
  const [span, ...more] = spans.filter((span) => span.name === name);
  expect(more).toEqual([]);
  if (span === undefined)
    throw new Error(`no span ${name} among ${spans.map(({ name }) => name).join(', ')}`);
  return span;
}
