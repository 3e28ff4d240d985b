import type { Json } from '../../core/json.ts';
import { cutAt } from './cut-at.ts';

/** Control characters but the line feed: those could move a terminal's cursor, or change its colours and title. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

/** Text that came from elsewhere, harmless for a terminal. */
export function plain(text: string): string {
  return text.replaceAll(controls, (found) => {
    if (found === '\t') return ' ';
    if (found === '\r') return '';
    return `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** The same on one line. */
export function plainLine(text: string): string {
  return plain(text).replaceAll(/\s*\n\s*/g, ' ');
}

/** JSON on one line, cut where it takes more than so many columns of a terminal. */
export function shortJson(value: Json, columns: number): string {
  return cutAt(plainLine(JSON.stringify(value)), columns);
}

/** JSON over as many lines as it needs, set in by two. */
export function longJson(value: Json): readonly string[] {
  return JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => `  ${plain(line)}`);
}
