const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: number): string => String(value).padStart(2, '0');

/**
 * "14:03:09" on the day of `now`, "12 Mar 14:03" in its year, else "12 Mar 2026"; in the reader's time zone.
 *
 * @param options isPrecise: the first with milliseconds, "14:03:09.120"
 */
export function formatTime(iso: string, now: number, { isPrecise = false } = {}): string {
  const at = new Date(iso);
  const today = new Date(now);
  const date = `${at.getDate()} ${months[at.getMonth()] ?? ''}`;
  if (at.getFullYear() !== today.getFullYear()) return `${date} ${at.getFullYear()}`;
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (at.getMonth() !== today.getMonth() || at.getDate() !== today.getDate()) return `${date} ${clock}`;
  const fraction = isPrecise ? `.${String(at.getMilliseconds()).padStart(3, '0')}` : '';
  return `${clock}:${two(at.getSeconds())}${fraction}`;
}

/** "3 s ago", "5 min ago", "2 h ago", "4 d ago". */
export function formatAge(iso: string, now: number): string {
  const age = Math.max(0, now - Date.parse(iso));
  if (age < minute) return `${Math.floor(age / second)} s ago`;
  if (age < hour) return `${Math.floor(age / minute)} min ago`;
  if (age < day) return `${Math.floor(age / hour)} h ago`;
  return `${Math.floor(age / day)} d ago`;
}

/** "1st", "2nd", "3rd", "4th", "11th". */
export function formatOrdinal(number: number): string {
  const tail = number % 100;
  const ending = tail >= 11 && tail <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}
