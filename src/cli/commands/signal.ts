import { BatonError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { runPath } from '../../core/run-path.ts';
import { askRun } from '../ask-run.ts';
import { createApiClient } from '../client/api-client.ts';
import type { ApiOptions } from '../client/options.ts';
import { readJson } from '../client/read-json.ts';
import { plainLine, shortJson } from '../render/plain-text.ts';
import { openTerminal } from '../terminal.ts';

export interface SignalOptions extends ApiOptions {
  readonly data?: string;
  readonly idempotencyKey?: string;
}

/** `baton signal`: sends a run a decision that it waits for. */
export async function signalCommand(id: string, decision: string, options: SignalOptions): Promise<void> {
  const terminal = openTerminal();
  const api = createApiClient(options.api);
  if (options.data === undefined) {
    const message = [
      `"${decision}" needs a body: --data <json>, --data @file, or --data - (standard input).`,
      '  baton processes <process> shows what it may be.',
    ].join('\n');
    throw new BatonError('invalid-request', message);
  }
  const body = await readJson('--data', options.data);
  const path = runPath(id, `/signals/${encodeURIComponent(decision)}`);
  const { idempotencyKey, tail } = options;
  const answer = await askRun({ id, tail }, () =>
    api.ask<{ readonly outcome?: Json }>('POST', path, { body, idempotencyKey }),
  );
  if (options.json) {
    terminal.print(answer.text);
    return;
  }
  const outcome = shortJson(answer.body.outcome ?? null, terminal.size().columns);
  terminal.print(`${terminal.paint.green('✔')} ${plainLine(id)} took "${plainLine(decision)}": ${outcome}`);
}
