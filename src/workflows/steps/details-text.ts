import { runPath } from '../../core/run-path.ts';
import { shellWord } from '../../core/shell-word.ts';
import type { Steering } from '../messages.ts';

/** What a run waits for a person to settle. Times are milliseconds since 1970. */
export interface Waits {
  readonly decisions: readonly {
    readonly name: string;
    readonly since: number;
    readonly until: number | null;
  }[];
  readonly stuck: readonly {
    readonly step: string;
    readonly since: number;
    readonly allowed: readonly Steering['action'][];
  }[];
  /** `undefined` = it is not paused; `null` = it was so from its beginning. */
  readonly pausedSince: number | null | undefined;
}

/**
 * Says in Markdown what a run waits for, since when and until when, and how to settle it.
 *
 * @returns the empty text where it waits for no one
 */
export function detailsText(runId: string, { decisions, stuck, pausedSince }: Waits): string {
  const id = shellWord(runId);
  const parts = [
    ...decisions.map(({ name, since, until }) => {
      const end = until === null ? '' : `, until ${timeText(until)}; then its default counts`;
      const send = {
        command: `signal ${id} ${shellWord(name)} --data '…'`,
        path: runPath(runId, `/signals/${encodeURIComponent(name)}`),
      };
      return paragraph(`**Waits for the decision ${code(name)}** since ${timeText(since)}${end}.`, [send]);
    }),
    ...stuck.map(({ step, since, allowed }) => {
      const ways = allowed.map((action) => ({
        command: `${action} ${id} --step ${shellWord(step)}`,
        path: runPath(runId, `/${action}`),
      }));
      return paragraph(`**${code(step)} is stuck** since ${timeText(since)}: it has failed for good.`, ways);
    }),
    ...(pausedSince === undefined ? [] : [pausedText(runId, pausedSince)]),
  ];
  // Temporal's Web UI cuts off the last line (seen with 2.42), so it is one that is not missed.
  return parts.length === 0 ? '' : [...parts, `All steps: \`baton show ${id}\``].join('\n\n');
}

function pausedText(runId: string, since: number | null): string {
  const from = since === null ? 'from its beginning' : `since ${timeText(since)}`;
  const resume = { command: `resume ${shellWord(runId)}`, path: runPath(runId, '/resume') };
  return paragraph(`**Paused** ${from}: no further step begins.`, [resume]);
}

/** A way out: a `baton` command, and the path that it posts to. */
interface Way {
  readonly command: string;
  readonly path: string;
}

function paragraph(finding: string, ways: readonly Way[]): string {
  const lines = ways.flatMap(({ command, path }) => [`baton ${command}`, `# or POST ${path}`]);
  return [finding, '', '```sh', ...lines, '```'].join('\n');
}

/** A name as code: a backtick in it would end it. */
function code(name: string): string {
  return `\`${name.replaceAll('`', "'")}\``;
}

function timeText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
