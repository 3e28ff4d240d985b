import { runPath } from '../../core/run-path.ts';
import type { RunResource } from '../../core/run-resource.ts';
import { type ApiClient, createApiClient } from '../client/api-client.ts';
import type { ApiOptions } from '../client/options.ts';
import { nextText } from '../render/next-text.ts';
import { runText } from '../render/run-text.ts';
import { loadSubRuns, type SubRuns } from '../sub-runs.ts';
import { openTerminal, type Terminal } from '../terminal.ts';
import { watchRun } from '../watch-run.ts';

export interface ShowOptions extends ApiOptions {
  readonly watch: boolean;
  readonly input: boolean;
  readonly output: boolean;
}

/** `baton show`: one run with its steps, once or until it has ended. */
export async function showCommand(id: string, options: ShowOptions): Promise<void> {
  const terminal = openTerminal();
  const api = createApiClient(options.api);
  const show = (run: RunResource, subRuns?: SubRuns): readonly string[] =>
    draw(run, { api, terminal, options, subRuns });
  if (options.watch) {
    process.exitCode = await watchRun(api, id, { terminal, show, json: options.json });
    return;
  }
  const { body: run, text } = await api.ask<RunResource>('GET', runPath(id));
  if (options.json) terminal.print(text);
  else terminal.print(show(run, await loadSubRuns(api, run)).join('\n'));
}

function draw(
  run: RunResource,
  {
    api,
    terminal,
    options,
    subRuns,
  }: { api: ApiClient; terminal: Terminal; options: ShowOptions; subRuns: SubRuns | undefined },
): readonly string[] {
  const { paint } = terminal;
  const { input, output, tail } = options;
  const look = {
    paint,
    now: Date.now(),
    apiUrl: api.url,
    columns: terminal.size().columns,
    ...(subRuns && { subRuns }),
  };
  return [...runText(run, { ...look, input, output }), ...nextText(run, { paint, tail })];
}
