import type { Check } from '../doctor/check.ts';
import type { Paint } from './paint.ts';
import { plainLine } from './plain-text.ts';

/** Checks, a line each, with the way out below what is not as it should be; and the sum of them. */
export function checksText(checks: readonly Check[], paint: Paint): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const colours = { ok: paint.green, warn: paint.yellow, fail: paint.red };
  const lines = checks.flatMap(({ name, status, message, wayOut }) => [
    `${colours[status](status.padEnd(4))}  ${name.padEnd(width)}  ${plainLine(message)}`,
    ...(wayOut === null ? [] : [`${' '.repeat(width + 8)}${paint.dim(`→ ${plainLine(wayOut)}`)}`]),
  ]);
  const [warns, fails] = [countOf(checks, 'warn'), countOf(checks, 'fail')];
  const sum =
    fails > 0
      ? paint.red(`${fails} of ${checks.length} checks failed.`)
      : paint.green(warns > 0 ? 'Nothing is in the way.' : 'Everything is as it should be.');
  return [...lines, '', sum].join('\n');
}

function countOf(checks: readonly Check[], wanted: Check['status']): number {
  return checks.filter(({ status }) => status === wanted).length;
}
