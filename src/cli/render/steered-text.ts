import type { Steered } from '../client/steered.ts';
import type { Paint } from './paint.ts';
import { plainLine } from './plain-text.ts';
import { statusText } from './status-style.ts';

/** What became of a message that steers a run: the steps that it reached, or the run as it is now. */
export function steeredText(
  id: string,
  action: string,
  { answer, paint }: { answer: Steered; paint: Paint },
): string {
  const { status, outcome, notice } = answer;
  const reached = Array.isArray(outcome) && outcome.length > 0 ? `: ${outcome.map(String).join(', ')}` : '';
  const now = status === undefined ? '' : `  ${statusText(status, paint)}`;
  return [
    `${paint.green('✔')} ${action} ${plainLine(id)}${plainLine(reached)}${now}`,
    ...(notice === undefined ? [] : [paint.dim(plainLine(notice))]),
  ].join('\n');
}
