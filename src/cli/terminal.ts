import type { WriteStream } from 'node:tty';

import { createPaint, type Paint, wantsColour } from './render/paint.ts';

/** Where a command's answer goes. */
export interface Terminal {
  /** Colours for the standard output; plain text where it is no terminal. */
  readonly paint: Paint;
  /** Whether lines on the standard output can be drawn anew. */
  readonly isLive: boolean;
  /** Of the standard output, as it is now. */
  size(): { readonly columns: number; readonly rows: number };
  /** Writes to the standard output as it is. */
  write(text: string): void;
  /** Writes lines to the standard output. */
  print(text: string): void;
  /** Writes lines to the standard error, so that the answer stays as it is. */
  remark(text: string): void;
}

/** As a shell tells a program that was ended by SIGPIPE: whoever read the answer has seen enough. */
const brokenPipe = 141;

/** What a file or a pipe is taken for. */
const noScreen = { columns: 120, rows: 40 };

export function openTerminal({ stdout, stderr, env } = process): Terminal {
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(brokenPipe);
    });
  }
  const screen: WriteStream | null = stdout.isTTY ? stdout : null;
  return {
    paint: createPaint(wantsColour(env, screen !== null)),
    isLive: screen !== null && env['TERM'] !== 'dumb',
    // A terminal that does not know its size says 0.
    size: () =>
      screen === null || screen.columns === 0 ? noScreen : { columns: screen.columns, rows: screen.rows },
    write: (text) => stdout.write(text),
    print: (text) => stdout.write(`${text}\n`),
    remark: (text) => stderr.write(`${text}\n`),
  };
}
