import type { ProcessList, ProcessResource } from '../../core/process-resource.ts';
import { createApiClient } from '../client/api-client.ts';
import type { ApiOptions } from '../client/options.ts';
import { processListText, processText } from '../render/process-text.ts';
import { openTerminal } from '../terminal.ts';

/** `baton processes`: what can be started; with a name, all about one process. */
export async function processesCommand(name: string | undefined, options: ApiOptions): Promise<void> {
  const terminal = openTerminal();
  const { paint } = terminal;
  const api = createApiClient(options.api);
  const print = (text: string, body: () => string): void => {
    terminal.print(options.json ? text : body());
  };
  if (name === undefined) {
    const { text, body } = await api.ask<ProcessList>('GET', '/v1/processes');
    print(text, () => processListText(body.processes, paint));
  } else {
    const path = `/v1/processes/${encodeURIComponent(name)}` as const;
    const { text, body } = await api.ask<ProcessResource>('GET', path);
    print(text, () => processText(body, { paint, tail: options.tail }));
  }
}
