import type { JSX } from 'preact';

import { formatTime } from '../time/format-time.ts';

/** A moment, short; the whole of it shows when pointed at. */
export function Time({
  iso,
  now,
  isPrecise = false,
}: {
  readonly iso: string;
  readonly now: number;
  /** With milliseconds, where many things happen in one second. */
  readonly isPrecise?: boolean;
}): JSX.Element {
  return (
    <time dateTime={iso} title={iso}>
      {formatTime(iso, now, { isPrecise })}
    </time>
  );
}
