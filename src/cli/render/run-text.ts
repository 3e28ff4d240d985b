import type { Json } from '../../core/json.ts';
import type { RunResource } from '../../core/run-resource.ts';
import { isOpen } from '../../runs/run-status.ts';
import { alignColumns, cell } from './columns.ts';
import { errorText } from './error-text.ts';
import { longJson, plainLine, shortJson } from './plain-text.ts';
import { statusText } from './status-style.ts';
import { type Look, stepsText } from './steps-text.ts';
import { spanText, timeText } from './time-text.ts';

/** What of a run is shown. */
export interface RunLook extends Look {
  /** Address of the API, for the links. */
  readonly apiUrl: string;
  /** Characters in a line, which input and output are cut at. */
  readonly columns: number;
  /** Input and output as a whole, below the steps. */
  readonly input?: boolean | undefined;
  readonly output?: boolean | undefined;
}

/** A run: what it is and how it stands, then its steps as a tree. */
export function runText(run: RunResource, look: RunLook): readonly string[] {
  const { paint } = look;
  const steps = stepsText(run.steps, look);
  return [
    `${paint.bold(plainLine(run.id))}  ${statusText(run.status, paint)}  ${plainLine(run.process)}`,
    ...fieldLines(run, look),
    '',
    ...(steps.length === 0 ? [paint.dim(isOpen(run.status) ? 'no steps yet' : 'no steps')] : steps),
    ...whole('Input', run.input, { isWanted: look.input, look }),
    ...whole('Output', run.output, { isWanted: look.output, look }),
  ];
}

function fieldLines(run: RunResource, { paint, now, apiUrl, columns }: RunLook): readonly string[] {
  const ended =
    run.closedAt === null ? [] : [timeText(run.closedAt, now), spanText(run.startedAt, run.closedAt, now)];
  const fields: readonly (readonly [name: string, text: string | null, style?: (text: string) => string])[] =
    [
      ['business key', run.businessKey],
      ['started by', run.parent?.id ?? null],
      ['version', run.version],
      ['started', startedText(run, now)],
      ['ended', run.closedAt === null ? null : ended.join(', after ')],
      ['stalled', run.stall === null ? null : `${run.stall.reason}: ${run.stall.message}`, paint.yellow],
      ['error', run.error === null ? null : errorText(run.error), paint.red],
      ['undone', run.error?.undone === true ? 'what its steps did was taken back' : null],
      ['left as they are', run.error?.leftAsTheyAre?.join(', ') ?? null, paint.red],
      ['input', shortJson(run.input, columns - 22)],
      ['output', run.output === null ? null : shortJson(run.output, columns - 22)],
      ['API', `${apiUrl}${run.links.self}`, paint.dim],
      ['Temporal', run.links.temporalUi, paint.dim],
    ];
  return alignColumns(
    fields.flatMap(([name, text, style]) =>
      text === null ? [] : [[cell(`  ${name}`, paint.dim), cell(plainLine(text), style)]],
    ),
  );
}

function startedText({ startedAt, closedAt }: RunResource, now: number): string {
  const at = timeText(startedAt, now);
  return closedAt === null ? `${at}, ${spanText(startedAt, null, now)} ago` : at;
}

function whole(
  name: string,
  value: Json,
  { isWanted = false, look }: { isWanted: boolean | undefined; look: RunLook },
): readonly string[] {
  return isWanted ? ['', look.paint.bold(name), ...longJson(value)] : [];
}
