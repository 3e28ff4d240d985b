import { BatonError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { ProcessResource } from '../../core/process-resource.ts';
import { runPath } from '../../core/run-path.ts';
import type { RunResource } from '../../core/run-resource.ts';
import { shellWord } from '../../core/shell-word.ts';
import { isOpen } from '../../runs/run-status.ts';
import { type ApiAnswer, type ApiClient, createApiClient } from '../client/api-client.ts';
import type { ApiOptions } from '../client/options.ts';
import { readJson } from '../client/read-json.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { startedText } from '../render/started-text.ts';
import { openTerminal } from '../terminal.ts';

export interface StartOptions extends ApiOptions {
  readonly input?: string;
  readonly example?: boolean;
  readonly from?: string;
  readonly id?: string;
  readonly businessKey?: string;
  readonly idempotencyKey?: string;
  readonly wait?: string;
}

/** `baton start`: starts a run, and may wait for its end, which the exit code then tells. */
export async function startCommand(process: string | undefined, options: StartOptions): Promise<void> {
  const terminal = openTerminal();
  const api = createApiClient(options.api);
  const answer = await start(api, await planStart(api, process, options), options);
  const run = answer.body;
  if (options.json) terminal.print(answer.text);
  else {
    const isNew = answer.status !== 200;
    const look = { paint: terminal.paint, now: Date.now(), columns: terminal.size().columns };
    terminal.print(startedText(run, { ...look, isNew, tail: options.tail }));
  }
  if (options.wait !== undefined) globalThis.process.exitCode = exitCodeOf(run.status);
}

/** What is started. */
interface StartPlan {
  readonly process: string;
  readonly input: Json;
  readonly businessKey?: string | undefined;
}

async function start(
  api: ApiClient,
  { process, input, businessKey }: StartPlan,
  { id, idempotencyKey, wait }: StartOptions,
): Promise<ApiAnswer<RunResource>> {
  return api.ask('POST', `/v1/processes/${encodeURIComponent(process)}/runs`, {
    query: { wait },
    body: { input, id, businessKey },
    idempotencyKey,
  });
}

async function planStart(
  api: ApiClient,
  process: string | undefined,
  options: StartOptions,
): Promise<StartPlan> {
  const { from, businessKey } = options;
  if (from !== undefined) return planFrom(api, process, { from, businessKey });
  if (process === undefined) {
    throw new BatonError(
      'invalid-request',
      [
        'What is to be started? A process, baton start <process>, or an earlier run again, --from <run>.',
        '  baton processes lists the processes.',
      ].join('\n'),
    );
  }
  return { process, input: await readInput(api, process, options), businessKey };
}

/** The start of an earlier run; a business key that is given counts more than that run's own. */
async function planFrom(
  api: ApiClient,
  process: string | undefined,
  { from, businessKey }: { readonly from: string; readonly businessKey: string | undefined },
): Promise<StartPlan> {
  const { body: earlier } = await api.ask<RunResource>('GET', runPath(from));
  if (process !== undefined && process !== earlier.process) {
    const message = `--from: ${from} is a run of ${earlier.process}, not of ${process}; leave ${process} out`;
    throw new BatonError('invalid-request', message);
  }
  if (isOpen(earlier.status)) {
    const message = [
      `--from: ${from} is ${earlier.status}, and goes on by itself or can be made to: baton show ${shellWord(from)}.`,
      '  To start a second one beside it, give its input: --input <json>.',
    ].join('\n');
    throw new BatonError('invalid-request', message);
  }
  const { input } = earlier;
  return { process: earlier.process, input, businessKey: businessKey ?? earlier.businessKey ?? undefined };
}

async function readInput(api: ApiClient, process: string, { input, example }: StartOptions): Promise<Json> {
  if (input !== undefined) return readJson('--input', input);
  if (example === true) {
    const path = `/v1/processes/${encodeURIComponent(process)}` as const;
    return (await api.ask<ProcessResource>('GET', path)).body.example;
  }
  throw new BatonError(
    'invalid-request',
    [
      `A run of ${process} needs an input: --input <json>, --input @file, --input - (standard input), --example, or --from <run>.`,
      `  baton processes ${process} shows what it may be.`,
    ].join('\n'),
  );
}
