const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const two = (value: number): string => String(value).padStart(2, '0');

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

/**
 * "in 4 s", "in 2 min 05 s", or "now" when it is due. Whole seconds, so that it counts down evenly.
 *
 * @param now milliseconds since 1970
 */
export function countdownText(iso: string, now: number): string {
  const left = Math.ceil((Date.parse(iso) - now) / second);
  if (left <= 0) return 'now';
  return `in ${left < 10 ? `${left} s` : durationText(left * second)}`;
}
