import { durationText } from '../../core/duration-text.ts';

const second = 1_000;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: number): string => String(value).padStart(2, '0');

/** "14:03:09" on the day of `now`, "12 Mar 14:03" in its year, else "12 Mar 2026 14:03"; in the reader's time zone. */
export function timeText(iso: string, now: number): string {
  const at = new Date(iso);
  const today = new Date(now);
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (at.toDateString() === today.toDateString()) return `${clock}:${two(at.getSeconds())}`;
  const year = at.getFullYear() === today.getFullYear() ? '' : ` ${at.getFullYear()}`;
  return `${at.getDate()} ${months[at.getMonth()] ?? ''}${year} ${clock}`;
}

/** From a start to an end, or to now where there is none yet. The clocks of server and reader may differ a little. */
export function spanText(from: string, to: string | null, now: number): string {
  if (to !== null) return durationText(Date.parse(to) - Date.parse(from));
  const length = Math.max(0, now - Date.parse(from));
  // What goes on is told in whole seconds, so that it counts up evenly.
  const seconds = Math.floor(length / second);
  return seconds > 0 && seconds < 10
    ? `${seconds} s`
    : durationText(seconds === 0 ? length : seconds * second);
}
