import type { SubRun } from '../sub-runs.ts';
import { plainLine } from './plain-text.ts';
import { statusText } from './status-style.ts';
import type { Paint } from './paint.ts';

/** What is said of a run below the step that started it; its own steps follow. */
export function subRunText(id: string, subRun: SubRun | undefined, paint: Paint): string {
  const name = paint.dim(`→ ${plainLine(id)}`);
  if (subRun === undefined) return `${name}  ${paint.dim('not opened here')}`;
  if ('unseen' in subRun) {
    const { unseen } = subRun;
    const reason = unseen === null ? paint.dim('looking …') : paint.yellow(`not seen: ${plainLine(unseen)}`);
    return `${name}  ${reason}`;
  }
  const stall = subRun.stall === null ? '' : `  ${paint.yellow(plainLine(subRun.stall.message))}`;
  return `${name}  ${statusText(subRun.status, paint)}${stall}`;
}
