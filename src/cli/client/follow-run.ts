import { setTimeout as sleep } from 'node:timers/promises';

import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream';

import { runPath } from '../../core/run-path.ts';
import type { RunResource } from '../../core/run-resource.ts';
import { applyChange, type RunChange } from '../../runs/run-change.ts';
import { isOpen } from '../../runs/run-status.ts';
import type { ApiClient } from './api-client.ts';
import { ApiFailure, problemText, type ToldProblem } from './api-failure.ts';

/** What a watcher sees; `event` and `data` are what the API sent. */
export type Sighting =
  /** `before` is the run as it was seen last; `null` at the first sight. */
  | {
      readonly event: 'snapshot' | 'change';
      readonly data: string;
      readonly run: RunResource;
      readonly before: RunResource | null;
    }
  /** The API answers, but cannot see the run for the moment. */
  | { readonly event: 'problem'; readonly data: string; readonly message: string }
  /** The connection broke or cannot be had; it is tried again. */
  | { readonly event: null; readonly message: string }
  | { readonly event: 'end'; readonly data: string; readonly run: RunResource };

/** A connection that is silent for so long is dead: the API sends something every 15 s. In milliseconds. */
const longestSilence = 45_000;

/**
 * Follows a run by the API's stream until it has ended. A connection that closes before is opened again; it begins with a
 * whole new run, so nothing is missed.
 *
 * @param pause between two connections, in milliseconds
 * @throws ApiFailure when the run cannot be seen at first; later only when trying again is of no use
 */
export async function* followRun(
  api: ApiClient,
  id: string,
  { pause = 1_000 }: { pause?: number } = {},
): AsyncGenerator<Sighting, void> {
  let run: RunResource | null = null;
  for (;;) {
    try {
      for await (const { event, data } of readEvents(api, id)) {
        if (event === 'snapshot') {
          const before: RunResource | null = run;
          run = JSON.parse(data) as RunResource;
          yield { event, data, run, before };
        } else if (event === 'change' && run !== null) {
          const before = run;
          run = applyChange(run, JSON.parse(data) as RunChange);
          yield { event, data, run, before };
        } else if (event === 'problem') {
          yield { event, data, message: problemText(JSON.parse(data) as ToldProblem) };
          // The stream is silent when the run is seen again unchanged; a new one begins with the whole run.
          break;
        } else if (event === 'end' && run !== null) {
          yield { event, data, run };
          return;
        }
      }
      if (run !== null && !isOpen(run.status)) {
        yield { event: 'end', data: '{}', run };
        return;
      }
    } catch (error) {
      if (run === null || (error instanceof ApiFailure && !error.mayPass)) throw error;
      yield { event: null, message: error instanceof Error ? error.message : String(error) };
    }
    await sleep(pause);
  }
}

/** The events of one connection; leaving the loop closes it. */
async function* readEvents(api: ApiClient, id: string): AsyncGenerator<EventSourceMessage, void> {
  const gone = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const hear = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      gone.abort(new Error(`The API sent nothing for ${longestSilence / 1_000} s`));
    }, longestSilence);
  };
  try {
    hear();
    const stream = await api.open(runPath(id, '/stream'), gone.signal);
    const events = stream
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream({ onComment: hear }));
    for await (const event of events) {
      hear();
      yield event;
    }
  } finally {
    clearTimeout(timer);
    gone.abort();
  }
}
