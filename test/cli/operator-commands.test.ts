import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

import type { StepView } from '../../src/core/run-state.ts';
import { createApp } from '../../src/api/app.ts';
import { listen, type Listening } from '../../src/api/listen.ts';
import { freePort } from '../../src/dev/ports.ts';
import { useParcelApi } from '../api/parcel-lab.ts';
import { batonMain } from '../support/part.ts';
import { persist } from '../support/persist.ts';

interface Outcome {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const { lab, api } = useParcelApi();

const command = ['--import', 'tsx', batonMain];

function launch(args: readonly string[], options: { input?: string; url?: string } = {}) {
  const { input = '', url = api.url } = options;
  const env = { BATON_API: url, NO_COLOR: '', FORCE_COLOR: '' };
  return execa(process.execPath, [...command, ...args], { env, input, reject: false, all: true });
}

/** Runs the command as a process of its own. */
async function baton(...args: Parameters<typeof launch>): Promise<Outcome> {
  const { exitCode, stdout, stderr } = await launch(...args);
  return { exitCode, stdout, stderr };
}

async function start(input: Readonly<Record<string, unknown>>): Promise<string> {
  const { body } = await api.ask('POST /v1/processes/parcel/runs', { body: { input } });
  return String(body['id']);
}

/** A further API on the same Temporal. */
async function listenOn(port: number): Promise<Listening> {
  const deps = lab.deps();
  return listen(createApp(deps), { host: '127.0.0.1', port, grace: 1_000, log: deps.log });
}

const json = ({ stdout }: Outcome): unknown => JSON.parse(stdout);
const view = async (id: string): Promise<Record<string, unknown>> =>
  (await api.ask(`GET /v1/runs/${id}`)).body;

/** Waits until a run is in this state. */
async function until(id: string, isThere: (run: Record<string, unknown>) => boolean): Promise<void> {
  await persist(async () => {
    const run = await view(id);
    if (!isThere(run)) throw new Error(`not yet: ${JSON.stringify(run)}`);
  });
}

const isStuck = ({ status }: Record<string, unknown>): boolean => status === 'stuck';
const isWaiting = ({ steps }: Record<string, unknown>): boolean =>
  JSON.stringify(steps).includes('"waiting"');

describe('baton start', () => {
  it('starts the example, waits for its end, and says what to do next', async () => {
    const outcome = await baton(['start', 'parcel', '--example', '--id', 'p-1', '--wait', '30s']);
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    const lines = outcome.stdout.split('\n');
    expect(lines[0]).toMatch(/^p-1 {2}✔ completed after \d/);
    expect(lines.slice(1)).toEqual(['output  {"sent":3}', '', '  baton show p-1  # its steps']);
  });

  it('finds the same run again', async () => {
    const args = ['start', 'parcel', '--input', '-', '--idempotency-key', 'once', '--json'];
    const first = json(await baton(args, { input: '{"weight": 4}' })) as { id: string };
    const second = await baton(args.slice(0, -1), { input: '{"weight": 4}' });
    expect(second.stdout).toContain(first.id);
    expect(second.stdout).toContain('The same request came before');
  });

  it('tells by its exit code that the run has not ended within the wait', async () => {
    const args = ['start', 'parcel', '--input', '{"weight": 1, "until": "approval"}', '--wait', '1ms'];
    const { exitCode, stdout } = await baton([...args, '--business-key', 'k-1']);
    expect(exitCode).toBe(4);
    expect(stdout).toContain('● running');
    expect(stdout).toMatch(/baton show \S+ --watch/);
  });

  it.each([
    { args: ['parcel', '--input', '{"weight": 0}'], says: '/input/weight' },
    { args: ['parcel', '--input', '{"weight": }'], says: '--input is not valid JSON, at line 1, column 12' },
    { args: ['parcel'], says: '--input @file' },
    { args: ['parcle', '--example'], says: 'parcel' },
    { args: ['parcel', '--example', '--wait', 'soon'], says: '?wait' },
    { args: ['parcel', '--example', '--input', '{}'], says: "cannot be used with option '--example'" },
    { args: ['--from', 'x', '--example'], says: "'--from <run>' cannot be used with option '--example'" },
    { args: [], says: '--from <run>' },
    { args: ['--from', 'no-such-run'], says: '(run-not-found)' },
  ])('refuses $args', async ({ args, says }) => {
    const { exitCode, stdout, stderr } = await baton(['start', ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/^\s+at .+:\d+/m);
  });
});

describe('baton start --from', () => {
  it('starts what can go on in no way again, as the refused retry says', async () => {
    const args = ['--input', '{"weight": 7, "until": "approval"}', '--business-key', 'k-7'];
    await baton(['start', 'parcel', '--id', 'lost', ...args]);
    await baton(['terminate', 'lost', '--yes']);
    const { exitCode, stdout, stderr } = await baton(['retry', 'lost']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    const does = 'start it anew with the same input and business key';
    expect(stderr.split('\n').at(-1)).toBe(`  baton start --from lost  # ${does}`);
    expect((await baton(['show', 'lost'])).stdout).toContain('baton start --from lost');
    const again = json(await baton(['start', '--from', 'lost', '--json'])) as { id: string };
    expect(again.id).not.toBe('lost');
    expect(again).toMatchObject({ process: 'parcel', businessKey: 'k-7', status: 'running' });
    expect(again).toMatchObject({ input: { weight: 7, until: 'approval' } });
  });

  it('takes the exit code from the new run, and the business key that is given', async () => {
    const { id } = json(
      await baton(['start', 'parcel', '--input', '{"weight": 2}', '--wait', '30s', '--json']),
    ) as { id: string };
    const args = ['--from', id, '--business-key', 'mine', '--wait', '30s', '--json'];
    const outcome = await baton(['start', 'parcel', ...args]);
    expect(outcome.exitCode).toBe(0);
    expect(json(outcome)).toMatchObject({ businessKey: 'mine', output: { sent: 2 } });
  });

  it('refuses a run that has not ended: a second one beside it would do everything twice', async () => {
    const id = await start({ weight: 2, until: 'approval' });
    const { exitCode, stdout, stderr } = await baton(['start', '--from', id]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      `baton: --from: ${id} is running, and goes on by itself or can be made to: baton show ${id}.`,
      '  To start a second one beside it, give its input: --input <json>.',
    ]);
  });

  it('refuses a run of another process', async () => {
    const id = await start({ weight: 2 });
    const { exitCode, stderr } = await baton(['start', 'order', '--from', id]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: `baton: --from: ${id} is a run of parcel, not of order; leave order out`,
    });
  });
});

describe('baton list', () => {
  it('shows as many runs as are asked for, over pages, newest first', async () => {
    for (let weight = 1; weight <= 3; weight++) await start({ weight });
    const all = await persist(async () => {
      const answer = json(await baton(['list', '--json', '--limit', '150'])) as { runs: { id: string }[] };
      if (answer.runs.length < 3) throw new Error('they are not seen yet');
      return answer.runs;
    });
    const table = (await baton(['list', '--process', 'parcel', '--limit', '2'])).stdout.split('\n');
    expect(table[0]).toMatch(/^ID +PROCESS +(BUSINESS KEY +)?STATUS +STARTED +DURATION$/);
    expect(table.slice(1, 3).map((line) => line.split(' ')[0])).toEqual(all.slice(0, 2).map(({ id }) => id));
    expect(table[3]).toContain('--limit');
    expect((await baton(['list', '--started-after', '1ms'])).stdout).toBe('No run is so.');
  });

  it("says in the API's words what it does not take", async () => {
    const { exitCode, stderr } = await baton(['list', '--status', 'sleeping']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^baton: \?status must be one of running, /);
    expect((await baton(['list', '--limit', 'all'])).stderr).toContain('--limit must be a number');
  });

  it('ends in silence when no one reads on', async () => {
    const child = spawn(process.execPath, [...command, 'list', '--json'], {
      env: { ...process.env, BATON_API: api.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    expect(await once(child, 'close')).toEqual([141, null]);
    expect(stderr).toBe('');
  });
});

describe('baton show', () => {
  it('shows the steps, and what a person may do', async () => {
    const id = await start({ weight: 1, until: 'approval' });
    await until(id, isWaiting);
    const { exitCode, stdout } = await baton(['show', id]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${id} {2}● running {2}parcel\n`));
    expect(stdout).toMatch(/^└─ ◷ approval {2}decision {2}waiting {2}for /m);
    expect(stdout).toContain(`baton signal ${id} approval --data`);
    expect(stdout).not.toContain('\u001b');
    expect(json(await baton(['show', id, '--json']))).toEqual(await view(id));
  });

  it('shows the steps of a run that a step started below it', async () => {
    const id = await start({ weight: 1, until: 'sub-run' });
    await until(id, ({ status }) => status === 'completed');
    const [step] = (await view(id))['steps'] as readonly StepView[];
    expect(step?.run).toEqual({ id: `${id}/inner`, self: `/v1/runs/${id}%2Finner` });
    const inner = await api.ask(`GET /v1/runs/${id}%2Finner`);
    expect(inner.body).toMatchObject({ id: `${id}/inner`, process: 'parcel', status: 'completed' });
    expect(inner.body).toMatchObject({ parent: { id, self: `/v1/runs/${id}` } });
    expect((await baton(['show', `${id}/inner`])).stdout).toMatch(new RegExp(`^ {2}started by +${id}$`, 'm'));
    const tree = (await baton(['show', id])).stdout.split('\n').filter((line) => /[├└→]/.test(line));
    expect(tree.map((line) => line.replace(/(inner|book|label|deliver) .*$/, '$1'))).toEqual([
      `└─ ✔ ${id}/inner`,
      `   │  → ${id}/inner`,
      '   ├─ ✔ carrier.book',
      '   ├─ ✔ carrier.label',
      '   └─ ✔ carrier.deliver',
    ]);
  });

  it('has colours where they are forced', async () => {
    const id = await start({ weight: 1 });
    const { stdout } = await execa(process.execPath, [...command, 'show', id], {
      env: { BATON_API: api.url, FORCE_COLOR: '1', NO_COLOR: '' },
    });
    expect(stdout).toContain('\u001b[');
  });

  it('follows a run that waits for a decision until it has ended', async () => {
    const id = await start({ weight: 1, until: 'approval' });
    const watching = launch(['show', id, '--watch']);
    const lines: string[] = [];
    for await (const line of watching.iterable()) {
      lines.push(line);
      if (!/approval .*waiting/.test(line)) continue;
      const sent = await baton(['signal', id, 'approval', '--data', '{"approved": true}']);
      expect(sent).toEqual({ exitCode: 0, stdout: `✔ ${id} took "approval": {"approved":true}`, stderr: '' });
    }
    expect(lines[0]).toMatch(new RegExp(`^\\d\\d:\\d\\d:\\d\\d {2}${id} {2}● running {2}parcel$`));
    expect(lines.at(-2)).toMatch(/approval {2}decision {2}✔ completed/);
    expect(lines.at(-1)).toMatch(/✔ completed {2}parcel {2}\{"approved":true\}$/);
    expect((await watching).exitCode).toBe(0);
  });

  it('tells one event a line with --json', async () => {
    const id = await start({ weight: 1, until: 'approval' });
    const watching = launch(['show', id, '--watch', '--json']);
    const seen: { event: string; data: Record<string, unknown> }[] = [];
    for await (const line of watching.iterable()) {
      seen.push(JSON.parse(line) as (typeof seen)[number]);
      if (seen.length === 1) await api.ask(`POST /v1/runs/${id}/cancel`);
    }
    expect(seen[0]).toMatchObject({ event: 'snapshot', data: { id } });
    expect(seen.at(-1)).toEqual({ event: 'end', data: {} });
    expect((await watching).exitCode).toBe(3);
  });

  it('exits with 3 when the run was terminated', async () => {
    const id = await start({ weight: 1, until: 'approval' });
    const { exitCode, stdout } = await baton(['terminate', id, '--yes', '--reason', 'a test']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^✔ terminate .* {2}■ terminated\nTerminating runs no undo/);
    expect((await baton(['show', id, '--watch'])).exitCode).toBe(3);
  });

  it('goes on when the API comes back', async () => {
    const port = await freePort('127.0.0.1');
    const id = await start({ weight: 1, until: 'approval' });
    await until(id, isWaiting);
    const first = await listenOn(port);
    const watching = launch(['show', id, '--watch'], { url: first.url });
    const told: string[] = [];
    let second: Listening | null = null;
    for await (const line of watching.iterable({ from: 'all' })) {
      told.push(line);
      if (/approval .*waiting/.test(line) && second === null) {
        await first.close();
      } else if (line.startsWith('No API answers at') && second === null) {
        second = await listenOn(port);
        await api.ask(`POST /v1/runs/${id}/signals/approval`, { body: { approved: false } });
      }
    }
    expect((await watching).exitCode).toBe(0);
    expect(told.filter((line) => /approval .*waiting/.test(line))).toHaveLength(1);
    expect(told.filter((line) => line.startsWith('No API answers at'))).toHaveLength(1);
    expect(told.at(-1)).toContain('{"approved":false}');
    await second?.close();
  });

  it('knows no run that there is not', async () => {
    for (const args of [
      ['show', 'no-such-run'],
      ['show', 'no-such-run', '--watch'],
    ]) {
      const { exitCode, stdout, stderr } = await baton(args);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toMatch(/no-such-run.*\(run-not-found\)$/);
    }
  });
});

describe('baton signal', () => {
  it("gives each fault of the body in the API's words, and acts once for a key", async () => {
    const id = await start({ weight: 1, until: 'approval' });
    const refused = await baton(['signal', id, 'approval', '--data', '{"approved": "yes", "x": 1}']);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain('/approved must be true or false');
    expect(refused.stderr).toContain('(invalid-input)');
    const args = [
      'signal',
      id,
      'approval',
      '--data',
      '{"approved": true}',
      '--idempotency-key',
      'k',
      '--json',
    ];
    const taken = json(await baton(args));
    expect(taken).toEqual({ runId: id, signal: 'approval', outcome: { approved: true } });
    expect(json(await baton(args))).toEqual(taken);
  });

  it('says what is missing, and which decisions there are', async () => {
    const id = await start({ weight: 1 });
    expect((await baton(['signal', id, 'approval'])).stderr).toContain('--data @file');
    expect((await baton(['signal', id, 'refusal', '--data', '1'])).stderr).toContain('approval');
  });
});

describe('steering', () => {
  it('settles what is stuck; with --step one of several', async () => {
    const id = await start({ weight: 1, until: 'stuck twice' });
    await until(id, isStuck);
    expect((await baton(['retry', id, '--step', 'other'])).stderr).toContain('"other" is not stuck; send is');
    expect(await baton(['retry', id, '--step', 'send'])).toMatchObject({
      exitCode: 0,
      stdout: `✔ retry ${id}: send`,
    });
    await until(id, isStuck);
    const given = await baton(['give-up', id, '--yes', '--json']);
    expect(json(given)).toEqual({ runId: id, action: 'give-up', outcome: ['send'] });
  });

  it.each(['cancel', 'terminate', 'undo', 'give-up'])(
    '%s does nothing where no one can be asked',
    async (action) => {
      const id = await start({ weight: 1, until: 'approval' });
      const { exitCode, stdout, stderr } = await baton([action, id]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toContain('--yes');
      expect(await view(id)).toMatchObject({ status: 'running' });
    },
  );

  it('cancel asks the run to stop, and says so of one that has ended', async () => {
    const id = await start({ weight: 1, until: 'cancelled' });
    expect(await baton(['cancel', id, '--yes'])).toMatchObject({ exitCode: 0, stderr: '' });
    await until(id, ({ status }) => status === 'cancelled');
    expect((await baton(['cancel', id, '--yes'])).stderr).toMatch(
      /has ended already\. It is cancelled\..* \(run-closed\)$/m,
    );
  });
});

describe('baton processes', () => {
  it('lists them, and shows one', async () => {
    expect((await baton(['processes'])).stdout).toMatch(/^PROCESS +TITLE.*\nparcel +Parcel/);
    const { stdout } = await baton(['processes', 'parcel']);
    for (const part of [
      'Sends a parcel',
      'Decision approval  May it go?',
      'weight  integer, from 1',
      'baton start parcel',
    ]) {
      expect(stdout).toContain(part);
    }
    expect(json(await baton(['processes', 'parcel', '--json']))).toMatchObject({ name: 'parcel' });
    expect((await baton(['processes', 'parcle'])).stderr).toContain('(process-not-found)');
  });
});

describe('every command that asks the API', () => {
  it.each([
    ['start', 'parcel', '--input', '{}'],
    ['list'],
    ['show', 'x'],
    ['show', 'x', '--watch'],
    ['signal', 'x', 'y', '--data', '1'],
    ['retry', 'x'],
    ['pause', 'x'],
    ['processes'],
  ])('%s says where it looked when none answers', async (...args) => {
    const url = `http://127.0.0.1:${await freePort('127.0.0.1')}`;
    const { exitCode, stdout, stderr } = await baton([...args, '--api', url]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(`No API answers at ${url}`);
    expect(stderr).toContain('baton dev');
    expect(stderr).not.toMatch(/^\s+at .+:\d+/m);
  });
});
