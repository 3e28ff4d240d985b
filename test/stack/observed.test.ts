import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { freePort } from '../../src/dev/ports.ts';
import type { RunStatus, RunView } from '../../src/core/run-state.ts';
import { codeOf, readDocument, tableRows } from '../docs/markdown.ts';
import { type CollectedSpan, startCollector } from '../support/collector.ts';
import { useDepot } from '../support/depot.ts';
import { logLines } from '../support/log-lines.ts';
import { persist } from '../support/persist.ts';
import { createSink, type Sink } from '../support/sink.ts';
import { defaultDeliveryPolicy } from '../../src/events/subscriptions/subscription.ts';
import { createSubscription } from '../../src/events/subscriptions/subscription-store.ts';
import { type LogLab, openLogLab, sampleEvent } from '../events/lab.ts';

const [traceId, spanId] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
const requestId = 'placed-by-hand';

type Line = Readonly<Record<string, unknown>>;

const depot = useDepot();
let collector: Awaited<ReturnType<typeof startCollector>>;
let workerLines: readonly Line[];
let apiLines: readonly Line[];
let events: LogLab;
let sink: Sink;
let metrics: { readonly api: string; readonly worker: string; readonly deliverer: string };
let trace: readonly CollectedSpan[];

// Runs that end in each way, and one with all that there is: a quick call that becomes an ordinary one, attempts, a decision, a refusal, an undo.
beforeAll(async () => {
  collector = await startCollector();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, BATON_LOG_LEVEL: 'info' };
  const metricsAddress = `127.0.0.1:${await freePort('127.0.0.1')}`;
  const [worker, api] = await Promise.all([
    depot.startWorker({ ...env, BATON_METRICS_ADDRESS: metricsAddress }),
    depot.startApi(env),
  ]);
  depot.failNext('load', 1, 422);
  await start('held', { holds: true });
  await depot.untilRun('held', is('stuck'));
  await start('done', {});
  await depot.untilRun('done', is('completed'));
  await start('left', { asks: true });
  await depot.untilRun('left', waitsForApproval);
  await depot.ask('POST', '/v1/runs/left/cancel');
  await depot.untilRun('left', is('cancelled'));
  await start('broken', { breaks: true });
  await depot.untilRun('broken', ({ stall }) => stall?.reason === 'workflow-task-failing');

  depot.failNext('look', 3);
  depot.failNext('load', 1, 422);
  await start(
    'moved',
    { asks: true },
    { traceparent: `00-${traceId}-${spanId}-01`, 'x-request-id': requestId },
  );
  await depot.untilRun('moved', waitsForApproval);
  await depot.ask('POST', '/v1/runs/moved/signals/approval', { body: { approved: true } });
  await depot.untilRun('moved', is('failed'));

  const deliverer = await deliverSome();
  const [ofApi, ofWorker] = await Promise.all([
    fetch(`${depot.apiUrl}/metrics`),
    fetch(`http://${metricsAddress}/metrics`),
  ]);
  metrics = { api: await ofApi.text(), worker: await ofWorker.text(), deliverer };
  // What ends sends the rest of what it has.
  await Promise.all([worker.stop(), api.stop()]);

  workerLines = logLines(worker.output());
  apiLines = logLines(api.output());
  trace = collector.spans.filter((span) => span.traceId === traceId);
});
afterAll(async () => {
  collector.close();
  await sink.close();
  await events.close();
});

/**
 * Lets a deliverer hand two events over, try a third one twice before it is taken, and park a fourth with one behind it.
 *
 * @returns its metrics then
 */
async function deliverSome(): Promise<string> {
  events = await openLogLab();
  sink = await createSink();
  const log = await events.open();
  let isBusy = true;
  sink.answer = (path) => {
    if (path === '/refuses') return { status: 422 };
    const status = path === '/late' && isBusy ? 503 : 200;
    if (path === '/late') isBusy = false;
    return { status };
  };
  for (const [name, types] of [
    ['takes', ['paid']],
    ['late', ['sent']],
    ['refuses', ['lost']],
  ] as const) {
    const target = { kind: 'http', url: `${sink.url}/${name}`, secret: null } as const;
    await createSubscription(
      log.database,
      { name, filter: { types }, target, retry: defaultDeliveryPolicy },
      'now',
    );
  }
  const subject = 'A-17';
  await log.append(['paid', 'paid', 'sent', 'lost', 'lost'].map((type) => sampleEvent({ type, subject })));
  const address = `127.0.0.1:${await freePort('127.0.0.1')}`;
  const part = await depot.startDeliverer({
    ...{ DATABASE_URL: log.database.url, BATON_METRICS_ADDRESS: address, BATON_LOG_LEVEL: 'info' },
  });
  const scraped = await persist(async () => {
    const text = await (await fetch(`http://${address}/metrics`)).text();
    const isDone = [
      'baton_delivery_duration_seconds_count{subscription="takes",end="delivered"} 2',
      'baton_delivery_duration_seconds_count{subscription="late",end="delivered"} 1',
      'baton_open_deliveries{subscription="refuses",state="waiting"} 1',
      ...['takes', 'late', 'refuses'].map(
        (name) => `baton_subscription_lag_events{subscription="${name}"} 0`,
      ),
    ].every((line) => text.includes(`${line}\n`));
    if (!isDone) throw new Error(`not yet: ${text}`);
    return text;
  });
  await part.stop();
  return scraped;
}

async function start(id: string, input: object, headers: Record<string, string> = {}): Promise<void> {
  const { status } = await depot.ask('POST', '/v1/processes/move/runs', { body: { id, input }, headers });
  expect(status).toBe(201);
}

function is(status: RunStatus): (run: RunView) => boolean {
  return (run) => run.status === status;
}

function waitsForApproval({ steps }: RunView): boolean {
  return steps.some(({ name, status }) => name === 'approval' && status === 'waiting');
}

const run = { runId: 'moved', process: 'move' };

describe('the log of a worker', () => {
  it('tells of each attempt that failed its run, process, step, service, operation, number and trace', () => {
    const failed = workerLines.filter(({ runId, msg }) => runId === 'moved' && msg === 'Activity failed');
    const look = { ...run, step: 'look around', service: 'depot', operation: 'look', traceId };
    expect(failed).toMatchObject([
      // Two tries of a quick call, then it goes the ordinary way.
      { ...look, attempt: 1, code: 'call-failed' },
      { ...look, attempt: 2, code: 'call-failed' },
      { ...look, attempt: 1, code: 'call-failed' },
      {
        ...run,
        step: 'load it',
        service: 'depot',
        operation: 'load',
        attempt: 1,
        traceId,
        code: 'call-refused',
      },
    ]);
  });

  it('tells of a run that failed which one it was', () => {
    const line = workerLines.find(({ runId, msg }) => runId === 'moved' && msg === 'Workflow failed');
    expect(line).toMatchObject({ ...run, traceId, failure: expect.stringContaining('load it') as string });
  });

  it('tells of a bug in a process where it is', () => {
    const line = workerLines.find(({ runId }) => runId === 'broken');
    expect(line).toMatchObject({ level: 50, process: 'move', msg: 'a bug in the process holds its run' });
    expect(line?.['err']).toMatchObject({ stack: expect.stringContaining('move.ts') as string });
  });

  it('has what a process logs itself', () => {
    const lines = workerLines.filter(({ msg }) => msg === 'about to load');
    expect(lines.map(({ runId }) => runId)).toEqual(['held', 'done', 'moved']);
    expect(lines.at(-1)).toMatchObject({ ...run, traceId, pieces: 1, level: 30 });
  });
});

describe('the log of an API', () => {
  it('tells of each request about a run which run it was, and its process where the answer says so', () => {
    const lines = apiLines.filter(({ runId }) => runId === 'moved');
    const of = (method: string, url: string): Line | undefined =>
      lines.find(({ req }) => JSON.stringify(req) === JSON.stringify({ method, url }));
    expect(of('POST', '/v1/processes/move/runs')).toMatchObject({ ...run, requestId, traceId });
    expect(of('GET', '/v1/runs/moved')).toMatchObject({ ...run, traceId: expect.any(String) as string });
    expect(of('POST', '/v1/runs/moved/signals/approval')).toMatchObject({ runId: 'moved' });
  });
});

describe('the trace of a run', () => {
  it('leads from the request through the run and its steps to each attempt, and on to the service', () => {
    expect(treeOf(trace, spanId)).toEqual([
      'POST /v1/processes/{process}/runs',
      '  StartWorkflow:move',
      '    RunWorkflow:move failed',
      '      StartActivity:depot.look [look around] failed',
      '        RunActivity:depot.look [look around] attempt 1 failed',
      '        RunActivity:depot.look [look around] attempt 2 failed',
      '      StartActivity:depot.look [look around]',
      '        RunActivity:depot.look [look around] attempt 1 failed',
      '        RunActivity:depot.look [look around] attempt 2',
      '      StartActivity:depot.take [take it]',
      '        RunActivity:depot.take [take it] attempt 1',
      '      StartActivity:depot.load [load it] failed',
      '        RunActivity:depot.load [load it] attempt 1 failed',
      '      StartActivity:depot.put-back [undo:take it]',
      '        RunActivity:depot.put-back [undo:take it] attempt 1',
    ]);
    const attempts = trace.filter(({ name }) => name.startsWith('RunActivity:')).map((span) => span.spanId);
    const seen = depot.visits
      .map(({ traceparent }) => traceparent.split('-'))
      .filter(([, id]) => id === traceId);
    expect(seen.map(([, , parent]) => parent).toSorted()).toEqual(attempts.toSorted());
  });

  it('says in each span of the run which run of which process it was, and nothing of what the run is about', () => {
    for (const { name, attributes } of trace) {
      if (name.startsWith('StartWorkflow')) continue;
      expect(attributes, name).toMatchObject({ 'baton.run': 'moved', 'baton.process': 'move' });
    }
    for (const { name, attributes } of trace.filter(({ name }) => name.includes('Activity:'))) {
      const [service, operation] = (name.split(':')[1] ?? '').split('.');
      expect(attributes).toMatchObject({ 'baton.service': service, 'baton.operation': operation });
    }
    expect(JSON.stringify(trace)).not.toMatch(/startHash|searchAttributes|memo/);
  });

  it('has the cause of a step that failed for good, which Temporal hides', () => {
    const failed = trace.find(({ name, status }) => name === 'StartActivity:depot.load' && status.code === 2);
    expect(JSON.stringify(failed?.events)).toContain('422 The ramp is out of order');
    const attempt = trace.find(({ name }) => name === 'RunActivity:depot.load');
    expect(attempt?.attributes).toMatchObject({
      'error.type': 'call-refused',
      'http.response.status_code': 422,
    });
  });

  it('has a trace of its own for a decision, from the request to the run that takes it', () => {
    const request = collector.spans.find(({ name }) => name === 'POST /v1/runs/{id}/signals/{signal}');
    expect(request?.attributes).toMatchObject({ 'baton.run': 'moved', 'http.response.status_code': 200 });
    const spans = collector.spans.filter((span) => span.traceId === request?.traceId);
    const handled = spans.find(({ name }) => name === 'HandleUpdate:approval');
    expect(handled?.attributes).toMatchObject({ 'baton.run': 'moved', 'baton.process': 'move' });
  });
});

describe('the metrics of a deliverer', () => {
  it('count the attempts to deliver by subscription and end', () => {
    const count = (subscription: string, end: string): number =>
      valueOf(metrics.deliverer, 'baton_delivery_duration_seconds_count', [
        `subscription="${subscription}"`,
        `end="${end}"`,
      ]);
    const all = ['takes', 'late', 'refuses'].map((name) =>
      ['delivered', 'retried', 'parked'].map((end) => count(name, end)),
    );
    expect(all).toEqual([
      [2, 0, 0],
      [1, 1, 0],
      [0, 0, 1],
    ]);
  });

  it('tell what waits for a person, and what waits behind it', () => {
    const open = (subscription: string, state: string): number =>
      valueOf(metrics.deliverer, 'baton_open_deliveries', [
        `subscription="${subscription}"`,
        `state="${state}"`,
      ]);
    expect(open('refuses', 'parked')).toBe(1);
    expect(open('refuses', 'waiting')).toBe(1);
    expect(open('late', 'parked')).toBe(0);
  });
});

describe('the metrics of a run', () => {
  it('count the attempts of calls by process, service, operation and end', () => {
    const count = (...tags: readonly string[]): number =>
      valueOf(metrics.worker, 'baton_call_duration_seconds_count', [
        'process="move"',
        'service="depot"',
        ...tags,
      ]);
    expect(count('operation="look"', 'end="failed"')).toBe(3);
    expect(count('operation="load"', 'end="refused"')).toBe(2);
    expect(count('operation="put-back"', 'end="answered"')).toBe(2);
  });

  it('count the runs that have ended, by process and end', () => {
    for (const end of ['completed', 'failed', 'canceled']) {
      expect(valueOf(metrics.worker, `temporal_workflow_${end}_total`, ['workflow_type="move"'])).toBe(1);
    }
  });

  it('count the runs that were started and those that are open, by state', () => {
    expect(valueOf(metrics.api, 'baton_runs_started_total', ['process="move"'])).toBe(5);
    expect(valueOf(metrics.api, 'baton_open_runs', ['process="move"', 'status="stuck"'])).toBe(1);
    expect(valueOf(metrics.api, 'baton_open_runs', ['process="move"', 'status="running"'])).toBe(1);
  });

  it('are all that the manual names, with their labels', async () => {
    const manual = tableRows(await readDocument('docs/reference/metrics.md'), 'metric');
    const text = `${metrics.api}\n${metrics.worker}\n${metrics.deliverer}`;
    for (const { metric, kind, labels = '' } of manual) {
      const name = `${codeOf(metric) ?? ''}${kind === 'histogram' ? '_count' : ''}`;
      const line = text
        .split('\n')
        .find((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
      expect(line, name).toBeDefined();
      for (const [, label] of labels.matchAll(/`(\w+)`/g)) expect(line, name).toContain(`${label}="`);
    }
  });
});

/** The value of the one series of a metric that has all these labels. */
function valueOf(text: string, name: string, labels: readonly string[]): number {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`));
  const found = lines.filter((line) => labels.every((label) => line.includes(label)));
  expect(found, `${name}{${labels.join()}} in\n${lines.join('\n')}`).toHaveLength(1);
  return Number(found[0]?.split(' ').at(-1));
}

/** The spans below one, set in by their depth, each set in the order in which it began. */
function treeOf(spans: readonly CollectedSpan[], parent: string, lead = ''): readonly string[] {
  return spans
    .filter(({ parentSpanId }) => parentSpanId === parent)
    .toSorted((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)))
    .flatMap(({ spanId: own, name, attributes, status }) => {
      const { 'baton.step': step, 'baton.attempt': attempt } = attributes;
      const line = [
        `${lead}${name}`,
        ...(step === undefined ? [] : [`[${text(step)}]`]),
        ...(attempt === undefined ? [] : [`attempt ${text(attempt)}`]),
        ...(status.code === 2 ? ['failed'] : []),
      ].join(' ');
      return [line, ...treeOf(spans, own, `${lead}  `)];
    });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
