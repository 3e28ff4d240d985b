const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

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

/**
 * The two largest units: "850 ms", "3.2 s", "1 min 05 s", "2 h 03 min", "3 d 4 h".
 *
 * @param length milliseconds
 */
export function durationText(length: number): string {
  const ms = Math.max(0, Math.round(length));
  if (ms < second) return `${ms} ms`;
  if (ms < 9_950) return `${(ms / second).toFixed(1)} s`;
  const seconds = Math.round(ms / second);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  if (ms < day) return `${Math.floor(ms / hour)} h ${two(Math.floor((ms % hour) / minute))} min`;
  return `${Math.floor(ms / day)} d ${Math.floor((ms % day) / hour)} h`;
}

/** "in 4 s", "in 2 min 05 s", or "now" when it is due. Whole seconds, so that it counts down evenly. */
export function countdownText(iso: string, now: number): string {
  const left = Math.ceil((Date.parse(iso) - now) / second);
  if (left <= 0) return 'now';
  return `in ${left < 10 ? `${left} s` : durationText(left * second)}`;
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
