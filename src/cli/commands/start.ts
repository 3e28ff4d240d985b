import { BatonError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { ProcessResource } from '../../core/process-resource.ts';
import type { RunResource } from '../../core/run-resource.ts';
import { type ApiAnswer, type ApiClient, createApiClient } from '../client/api-client.ts';
import type { ApiOptions } from '../client/options.ts';
import { readJson } from '../client/read-json.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { startedText } from '../render/started-text.ts';
import { openTerminal } from '../terminal.ts';

export interface StartOptions extends ApiOptions {
  readonly input?: string;
  readonly example?: boolean;
  readonly id?: string;
  readonly businessKey?: string;
  readonly idempotencyKey?: string;
  readonly wait?: string;
}

/** `baton start`: starts a run, and may wait for its end, which the exit code then tells. */
export async function startCommand(process: string, options: StartOptions): Promise<void> {
  const terminal = openTerminal();
  const api = createApiClient(options.api);
  const answer = await start(api, process, options);
  const run = answer.body;
  if (options.json) terminal.print(answer.text);
  else {
    const isNew = answer.status !== 200;
    const look = { paint: terminal.paint, now: Date.now(), columns: terminal.size().columns };
    terminal.print(startedText(run, { ...look, isNew, tail: options.tail }));
  }
  if (options.wait !== undefined) globalThis.process.exitCode = exitCodeOf(run.status);
}

async function start(
  api: ApiClient,
  process: string,
  options: StartOptions,
): Promise<ApiAnswer<RunResource>> {
  const input = await readInput(api, process, options);
  const { id, businessKey, idempotencyKey, wait } = options;
  return api.ask('POST', `/v1/processes/${encodeURIComponent(process)}/runs`, {
    query: { wait },
    body: { input, id, businessKey },
    idempotencyKey,
  });
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
      `A run of ${process} needs an input: --input <json>, --input @file, --input - (standard input), or --example.`,
      `  baton processes ${process} shows what it may be.`,
    ].join('\n'),
  );
}
