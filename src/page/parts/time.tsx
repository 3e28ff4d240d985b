import type { JSX } from 'preact';

import { formatTime } from '../time/format-time.ts';

/** A moment, short; the whole of it shows when pointed at. */
export function Time({ iso, now }: { readonly iso: string; readonly now: number }): JSX.Element {
  return (
    <time dateTime={iso} title={iso}>
      {formatTime(iso, now)}
    </time>
  );
}
