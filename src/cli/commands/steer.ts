import { runPath } from '../../core/run-path.ts';
import { askRun } from '../ask-run.ts';
import { createApiClient } from '../client/api-client.ts';
import type { ApiOptions } from '../client/options.ts';
import type { Steered } from '../client/steered.ts';
import { confirm } from '../confirm.ts';
import { steeredText } from '../render/steered-text.ts';
import type { Steering } from '../steerings.ts';
import { openTerminal } from '../terminal.ts';

export interface SteerOptions extends ApiOptions {
  readonly step?: string;
  readonly reason?: string;
  readonly idempotencyKey?: string;
  readonly yes?: boolean;
}

/** `baton cancel`, `terminate`, `retry`, `undo`, `give-up`, `pause` and `resume`. */
export async function steerCommand(
  { action, warning }: Steering,
  id: string,
  options: SteerOptions,
): Promise<void> {
  const terminal = openTerminal();
  const api = createApiClient(options.api);
  const { step, reason, idempotencyKey, tail } = options;
  if (warning !== null && options.yes !== true) await confirm(`${action} ${id}: ${warning}`);
  const answer = await askRun({ id, tail }, () =>
    api.ask<Steered>('POST', runPath(id, `/${action}`), {
      ...((step !== undefined || reason !== undefined) && { body: { step, reason } }),
      idempotencyKey,
    }),
  );
  if (options.json) terminal.print(answer.text);
  else terminal.print(steeredText(id, action, { answer: answer.body, paint: terminal.paint }));
}
