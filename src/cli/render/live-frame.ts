/** The size of a terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What is on the screen by now. */
export interface Frame {
  /** Lines, all of which can still be reached by the cursor. */
  readonly height: number;
  /** What to write to come here. */
  readonly text: string;
}

/** A terminal cuts what is too long for its line in place of wrapping it, so that lines can be counted. */
const wrapOff = '\u001b[?7l';
const wrapOn = '\u001b[?7h';
const clearBelow = '\u001b[J';

/**
 * Draws lines in the place of those that were drawn before.
 *
 * @param before `null` = nothing was drawn yet
 */
export function drawFrame(before: Frame | null, lines: readonly string[], size: Size): Frame {
  const shown = fitRows(lines, size.rows - 1);
  return { height: shown.length, text: `${back(before)}${wrapOff}${shown.join('\n')}\n${wrapOn}` };
}

/** The last picture, whole: it may scroll. */
export function drawLast(before: Frame | null, lines: readonly string[]): string {
  return `${back(before)}${lines.join('\n')}\n`;
}

function back(before: Frame | null): string {
  return before === null || before.height === 0 ? '' : `\u001b[${before.height}A\r${clearBelow}`;
}

/** What has scrolled away cannot be drawn anew: the head and the end are shown of what is too long. */
function fitRows(lines: readonly string[], rows: number): readonly string[] {
  const most = Math.max(rows, 3);
  if (lines.length <= most) return lines;
  const head = Math.floor(most / 3);
  const tail = most - head - 1;
  return [...lines.slice(0, head), `⋮ ${lines.length - head - tail} lines`, ...lines.slice(-tail)];
}
