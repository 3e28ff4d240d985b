import { setTimeout as sleep } from 'node:timers/promises';

import type { RunResource } from '../core/run-resource.ts';
import type { ApiClient } from './client/api-client.ts';
import { followRun, type Sighting } from './client/follow-run.ts';
import { exitCodeOf } from './exit-codes.ts';
import { changeLines } from './render/change-lines.ts';
import { drawFrame, drawLast, type Frame } from './render/live-frame.ts';
import { type SubRuns, WatchedSubRuns } from './sub-runs.ts';
import type { Terminal } from './terminal.ts';

interface WatchHow {
  readonly terminal: Terminal;
  /** The whole run, as lines. */
  readonly show: (run: RunResource, subRuns: SubRuns) => readonly string[];
  /** Tell what the API tells, one event a line. */
  readonly json: boolean;
  /** How long the end waits for the last answers about sub-runs, in milliseconds; left out: 3 s. */
  readonly patience?: number;
}

/** Tells one sighting after the other. */
interface Teller {
  tell(sighting: Sighting): void | Promise<void>;
  /** Nothing comes any more. */
  close(): void;
}

/** Between two pictures of a run that does not change, in milliseconds: times count on. */
const tick = 1_000;

/**
 * Shows a run until it has ended.
 *
 * @returns the exit code that tells how it ended
 */
export async function watchRun(api: ApiClient, id: string, how: WatchHow): Promise<number> {
  const teller = createTeller(api, how);
  try {
    for await (const sighting of followRun(api, id)) {
      await teller.tell(sighting);
      if (sighting.event === 'end') return exitCodeOf(sighting.run.status);
    }
  } finally {
    teller.close();
  }
  throw new Error('the run was followed without an end');
}

function createTeller(api: ApiClient, how: WatchHow): Teller {
  if (how.json) return jsonTeller(how);
  return how.terminal.isLive ? screenTeller(api, how) : lineTeller(how);
}

function jsonTeller({ terminal }: WatchHow): Teller {
  const remark = createRemark(terminal);
  return {
    tell: (sighting) => {
      remark(sighting.event === null ? sighting.message : null);
      if (sighting.event !== null) terminal.print(`{"event":"${sighting.event}","data":${sighting.data}}`);
    },
    close: () => undefined,
  };
}

function lineTeller({ terminal }: WatchHow): Teller {
  const remark = createRemark(terminal);
  return {
    tell: (sighting) => {
      remark('message' in sighting ? sighting.message : null);
      if (sighting.event !== 'snapshot' && sighting.event !== 'change') return;
      const look = { paint: terminal.paint, now: Date.now() };
      for (const line of changeLines(sighting.before, sighting.run, look)) terminal.print(line);
    },
    close: () => undefined,
  };
}

/** Says on the standard error why the run cannot be seen: once, however often it is tried in vain. */
function createRemark(terminal: Terminal): (message: string | null) => void {
  let last: string | null = null;
  return (message) => {
    if (message !== null && message !== last) terminal.remark(message);
    last = message;
  };
}

function screenTeller(api: ApiClient, { terminal, show, patience = 3_000 }: WatchHow): Teller {
  let frame: Frame | null = null;
  let run: RunResource | null = null;
  let notice: string | null = null;
  // The run is never kept waiting for what is asked about those below it.
  const subRuns = new WatchedSubRuns(api, () => {
    draw();
  });
  const lines = (): readonly string[] => [
    ...(run === null ? [] : show(run, subRuns.latest)),
    ...(notice === null ? [] : ['', terminal.paint.yellow(notice)].flatMap((text) => text.split('\n'))),
  ];
  const draw = (): void => {
    if (run === null) return;
    frame = drawFrame(frame, lines(), terminal.size());
    terminal.write(frame.text);
  };
  const timer = setInterval(() => {
    draw();
    if (run !== null) subRuns.lookAgain(run);
  }, tick);
  return {
    tell: async (sighting) => {
      if ('message' in sighting) notice = sighting.message;
      else {
        notice = null;
        run = sighting.run;
        const looked = subRuns.look(run);
        if (sighting.event === 'end') await Promise.race([looked, sleep(patience, null, { ref: false })]);
      }
      draw();
    },
    close: () => {
      clearInterval(timer);
      subRuns.close();
      if (run !== null) terminal.write(drawLast(frame, lines()));
    },
  };
}
