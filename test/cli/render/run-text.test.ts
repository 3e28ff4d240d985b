import { beforeAll, describe, expect, it, vi } from 'vitest';

import { createPaint } from '../../../src/cli/render/paint.ts';
import type { SubRun } from '../../../src/cli/sub-runs.ts';
import type { StepView } from '../../../src/core/run-state.ts';
import { runText } from '../../../src/cli/render/run-text.ts';
import { at, now, run, step, waitingCall, waitingDecision } from './sample-run.ts';

const look = { paint: createPaint(false), now, apiUrl: 'http://api', columns: 80 };

beforeAll(() => {
  vi.stubEnv('TZ', 'UTC');
});

describe('the text of a run', () => {
  it('shows what is waited for, and how often it was tried', () => {
    expect(runText(run([step('reserve'), waitingCall, waitingDecision]), look)).toEqual([
      'order-1  ● running  order',
      '  business key  1001',
      '  started       12:00:00, 30 s ago',
      '  input         {"lines":2}',
      '  API           http://api/v1/runs/order-1',
      '',
      '├─ ✔ reserve   stock.reserve  completed  250 ms',
      '├─ ◷ pay       payment.pay    waiting    attempt 3, for 29 s, next attempt in 4 s',
      '│     call-failed: the service answered 503',
      '└─ ◷ approval  decision       waiting    for 29 s, until 1 Feb 12:00 (in 23 h 59 min)',
    ]);
  });

  it('says of a call that someone paused it', () => {
    const paused = { ...waitingCall, status: 'paused', attempt: 1, nextAttemptAt: null } as const;
    expect(runText(run([paused]), look).slice(6)).toEqual([
      '└─ ‖ pay  payment.pay  paused  attempt 1, for 29 s',
      '      call-failed: the service answered 503',
    ]);
  });

  it('shows events that are emitted and waited for', () => {
    const event = { kind: 'emit', service: null, operation: 'order.placed' } as const;
    const awaits = [{ type: 'order.paid', subject: '1001' }];
    const waiting = {
      kind: 'listen',
      service: null,
      operation: null,
      status: 'waiting',
      closedAt: null,
    } as const;
    const away = { code: 'database-unavailable', message: 'PostgreSQL does not answer' };
    const steps = [
      step('placed', event),
      step('paid', { ...waiting, awaits, nextAttemptAt: at(86_400) }),
      step('packed', { ...waiting, attempt: 2, nextAttemptAt: at(34), error: away }),
    ];
    expect(runText(run(steps), look).slice(6)).toEqual([
      '├─ ✔ placed  emit of order.placed           completed  250 ms',
      '├─ ◷ paid    listen for order.paid of 1001  waiting    for 29 s, until 1 Feb 12:00 (in 23 h 59 min)',
      '└─ ◷ packed  listen                         waiting    attempt 2, for 29 s, next attempt in 4 s',
      '      database-unavailable: PostgreSQL does not answer',
    ]);
  });

  it('puts an undo under the step that it takes back', () => {
    const error = {
      code: 'call-refused',
      message: 'the service answered 422',
      details: { reason: 'no address' },
    };
    const view = run(
      [
        step('reserve tea'),
        step('reserve cup/first'),
        step('reserve cup/second'),
        step('ship', { status: 'failed', error }),
        step('undo:ship', { undoes: 'ship' }),
        step('undo:reserve cup/release', { undoes: 'reserve cup' }),
        step('undo:reserve tea', { undoes: 'reserve tea', status: 'stuck', closedAt: null, error }),
        step('undo:gone', { undoes: 'gone' }),
      ],
      { status: 'stuck' },
    );
    expect(runText(view, look).slice(6)).toEqual([
      '├─ ✔ reserve tea                    stock.reserve  completed  250 ms',
      '│  └─ ↩ ! undo:reserve tea          stock.release  stuck      for 29 s',
      '│        call-refused: the service answered 422 {"reason":"no address"}',
      '├─ ✔ reserve cup/first              stock.reserve  completed  250 ms',
      '├─ ✔ reserve cup/second             stock.reserve  completed  250 ms',
      '│  └─ ↩ ✔ undo:reserve cup/release  stock.release  completed  250 ms',
      '├─ ✖ ship                           stock.reserve  failed     250 ms',
      '│  │  call-refused: the service answered 422 {"reason":"no address"}',
      '│  └─ ↩ ✔ undo:ship                 stock.release  completed  250 ms',
      '└─ ↩ ✔ undo:gone                    stock.release  completed  250 ms',
    ]);
  });

  it('puts the steps of a run under the step that started it', () => {
    const starts = (id: string, more: Partial<StepView> = {}): StepView =>
      step(id, {
        ...{ kind: 'run', service: null, operation: 'parcel', run: { id, self: `/v1/runs/${id}` } },
        ...more,
      });
    const error = { code: 'call-refused', message: 'the service answered 422' };
    const subRuns = new Map<string, SubRun>([
      ['parcel-1', run([step('weigh'), starts('label-1')], { status: 'stuck' })],
      ['label-1', run([step('print')], { status: 'completed' })],
      ['parcel-2', { unseen: 'There is no run "parcel-2" (run-not-found)' }],
      ['parcel-0', { unseen: null }],
    ]);
    const steps = [
      starts('parcel-1', { status: 'failed', error }),
      step('undo:parcel-1', { undoes: 'parcel-1' }),
      starts('parcel-2'),
      starts('parcel-0'),
      starts('parcel-3'),
    ];
    expect(runText(run(steps), { ...look, subRuns }).slice(6)).toEqual([
      '├─ ✖ parcel-1            run of parcel  failed     250 ms',
      '│  │  call-refused: the service answered 422',
      '│  │  → parcel-1  ! stuck',
      '│  ├─ ✔ weigh            stock.reserve  completed  250 ms',
      '│  ├─ ✔ label-1          run of parcel  completed  250 ms',
      '│  │  │  → label-1  ✔ completed',
      '│  │  └─ ✔ print         stock.reserve  completed  250 ms',
      '│  └─ ↩ ✔ undo:parcel-1  stock.release  completed  250 ms',
      '├─ ✔ parcel-2            run of parcel  completed  250 ms',
      '│     → parcel-2  not seen: There is no run "parcel-2" (run-not-found)',
      '├─ ✔ parcel-0            run of parcel  completed  250 ms',
      '│     → parcel-0  looking …',
      '└─ ✔ parcel-3            run of parcel  completed  250 ms',
      '      → parcel-3  not opened here',
    ]);
  });

  it('shows a run that starts itself anew no deeper than any other', () => {
    const loop = step('again', {
      ...{ kind: 'run', service: null, operation: 'order', run: { id: 'order-1', self: '/v1/runs/order-1' } },
    });
    const lines = runText(run([loop]), { ...look, subRuns: new Map([['order-1', run([loop])]]) });
    expect(lines.filter((line) => line.includes('again'))).toHaveLength(4);
  });

  it('tells how a run ended, and what still stands', () => {
    const ended = run([], {
      ...{ status: 'failed', closedAt: at(65), businessKey: null },
      error: { code: 'call-refused', message: 'pay: 402', leftAsTheyAre: ['undo:ship', 'undo:pay'] },
    });
    expect(runText(ended, look)).toEqual([
      'order-1  ✖ failed  order',
      '  started           12:00:00',
      '  ended             12:01:05, after 1 min 05 s',
      '  error             call-refused: pay: 402',
      '  left as they are  undo:ship, undo:pay',
      '  input             {"lines":2}',
      '  API               http://api/v1/runs/order-1',
      '',
      'no steps',
    ]);
  });

  it('says why an open run stalls, and leads to the Web UI', () => {
    const stalled = run([], {
      stall: { reason: 'no-worker', message: 'no worker asks for work' },
    });
    const lines = runText({ ...stalled, links: { ...stalled.links, temporalUi: 'http://ui/x' } }, look);
    expect(lines).toContain('  stalled       no-worker: no worker asks for work');
    expect(lines).toContain('  Temporal      http://ui/x');
  });

  it('cuts input and output to the line, and has them whole when asked', () => {
    const long = { text: 'x'.repeat(200) };
    const view = run([], { status: 'completed', output: long });
    const cut = runText(view, look).find((line) => line.startsWith('  output'));
    expect(cut).toMatch(/^ {2}output {8}\{"text":"x+…$/);
    expect(cut).toHaveLength(74);
    expect(runText(view, { ...look, output: true }).slice(-4)).toEqual([
      'Output',
      '  {',
      `    "text": "${long.text}"`,
      '  }',
    ]);
  });

  it('lets nothing that came from elsewhere steer the terminal', () => {
    const bad = '\u001b]0;title\u0007';
    const view = run([step(`a${bad}`, { error: { code: 'x', message: `${bad}\nnext`, details: { bad } } })], {
      ...{ id: bad, process: bad, businessKey: bad, input: { [bad]: bad } },
    });
    const text = runText(view, { ...look, input: true }).join('');
    for (const control of ['\u001b', '\u0007', '\n']) expect(text).not.toContain(control);
  });
});
