import { beforeEach, describe, expect, it, vi } from 'vitest';

import { refuse } from '../support/scripted-services.ts';
import { containing } from './containing.ts';
import { useParcelApi } from './parcel-lab.ts';
import type { TestApi } from './sample.ts';

const { lab, api } = useParcelApi();
beforeEach(() => {
  lab.services.on('carrier.label', refuse(422));
});

const actions = ['retry', 'undo', 'give-up', 'pause', 'resume', 'cancel', 'terminate', 'signal'] as const;
type Action = (typeof actions)[number];

/** What brings a run into a state, and how that is seen. */
interface State {
  readonly until?: string;
  readonly before?: object;
  readonly act?: Action;
  readonly is: object;
}

const states: Readonly<Record<string, State>> = {
  running: { until: 'cancelled', is: { status: 'running' } },
  'waiting for a decision': { until: 'approval', is: { steps: [{ status: 'waiting' }] } },
  paused: { until: 'cancelled', act: 'pause', is: { status: 'paused' } },
  stuck: { until: 'held', is: { status: 'stuck' } },
  completed: { is: { status: 'completed' } },
  failed: { until: 'delivered', is: { status: 'failed' } },
  'failed and undone': {
    until: 'held',
    before: { status: 'stuck' },
    act: 'undo',
    is: { status: 'failed', error: { undone: true } },
  },
  cancelled: { until: 'cancelled', act: 'cancel', is: { status: 'cancelled' } },
  terminated: { until: 'cancelled', act: 'terminate', is: { status: 'terminated' } },
};

const acts = 'acts';
/** A refusal: its code, and what its text has of why, and of what to do. */
type Refusal = readonly [code: string, why: string, instead: string];
type Row = Readonly<Record<Action, typeof acts | Refusal>>;

const cancelInstead: Refusal = ['run-not-waiting', 'not stuck', '/cancel'];
const terminateInstead: Refusal = ['run-not-waiting', 'not stuck', '/terminate'];

/** All actions on a run that has ended get the same answer, a retry maybe another. */
function ended(why: string, instead: string, retry: typeof acts | Refusal): Row {
  const closed: Refusal = ['run-closed', why, instead];
  return { ...(Object.fromEntries(actions.map((action) => [action, closed])) as unknown as Row), retry };
}

const table: Readonly<Record<string, Row>> = {
  running: {
    retry: ['run-not-waiting', 'no call that waits for its next attempt', 'goes on by itself'],
    undo: cancelInstead,
    'give-up': terminateInstead,
    pause: acts,
    resume: ['run-not-waiting', 'not paused', 'goes on by itself'],
    cancel: acts,
    terminate: acts,
    signal: ['run-not-waiting', 'does not wait for "approval"', 'goes on by itself'],
  },
  'waiting for a decision': {
    retry: ['run-not-waiting', 'no call that waits for its next attempt', '/signals/approval'],
    undo: cancelInstead,
    'give-up': terminateInstead,
    pause: acts,
    resume: ['run-not-waiting', 'not paused', '/signals/approval'],
    cancel: acts,
    terminate: acts,
    signal: acts,
  },
  paused: {
    retry: ['run-not-waiting', 'no call that waits for its next attempt', '/resume'],
    undo: cancelInstead,
    'give-up': terminateInstead,
    pause: ['run-not-waiting', 'paused already', '/resume'],
    resume: acts,
    cancel: acts,
    terminate: acts,
    signal: ['run-not-waiting', 'does not wait for "approval"', '/resume'],
  },
  stuck: {
    retry: acts,
    undo: acts,
    'give-up': acts,
    pause: acts,
    resume: ['run-not-waiting', 'not paused', '/retry'],
    cancel: acts,
    terminate: acts,
    signal: ['run-not-waiting', 'does not wait for "approval"', '/retry'],
  },
  completed: ended('is completed', 'start a new run', ['run-closed', 'is completed', 'start a new run']),
  failed: ended('is failed', '/retry', acts),
  'failed and undone': ended('taken back', 'startAnew', ['run-undone', 'taken back', 'startAnew']),
  cancelled: ended('is cancelled', 'startAnew', ['run-closed', 'is cancelled', 'startAnew']),
  terminated: ended('is terminated', 'startAnew', ['run-closed', 'is terminated', 'startAnew']),
};

const send = (id: string, action: Action): ReturnType<TestApi['ask']> =>
  action === 'signal'
    ? api.ask(`POST /v1/runs/${id}/signals/approval`, { body: { approved: true } })
    : api.ask(`POST /v1/runs/${id}/${action}`);

async function untilRun(id: string, expected: object): Promise<void> {
  await vi.waitFor(async () => {
    expect((await api.ask(`GET /v1/runs/${id}`)).body).toMatchObject(expected);
  }, 20_000);
}

async function bringInto(state: string): Promise<string> {
  const { until, before, act, is } = states[state] ?? { is: {} };
  const input = { weight: 1, ...(until !== undefined && { until }) };
  const { body } = await api.ask('POST /v1/processes/parcel/runs', { body: { input } });
  const id = String(body['id']);
  if (before !== undefined) await untilRun(id, before);
  if (act !== undefined) await send(id, act);
  await untilRun(id, is);
  return id;
}

/** Sends the request that an answer has. */
async function followed(request: unknown): Promise<number> {
  const { method, href, body } = request as { method: 'POST'; href: `/${string}`; body: object };
  const started = await api.ask(`${method} ${href}`, { body });
  await send(String(started.body['id']), 'terminate');
  return started.status;
}

describe.each(Object.keys(states))('a run that is %s', (state) => {
  it.each(actions)('acts at the word "%s", or says why not and what to do instead', async (action) => {
    const id = await bringInto(state);
    const expected = table[state]?.[action];
    const { status, body } = await send(id, action);
    if (expected === acts) {
      expect([200, 202]).toContain(status);
    } else {
      const [code, why, instead] = expected ?? [];
      expect({ status, body }).toMatchObject({ status: 409, body: { code, detail: containing(why ?? '') } });
      expect(body['detail']).toContain(instead);
      // The request that does it again is in the answer, and works.
      if (instead === 'startAnew') expect(await followed(body['startAnew'])).toBe(201);
    }
    await send(id, 'terminate');
  });
});
