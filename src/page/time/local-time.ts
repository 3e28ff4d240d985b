const two = (value: number): string => String(value).padStart(2, '0');

/** What `<input type="datetime-local">` takes, in the reader's time zone; empty for what is no time. */
export function toLocalTime(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${date}T${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}

/** What such a field gives, as the API takes it: "2026-01-31T12:00:00Z"; empty for what is no time. */
export function fromLocalTime(local: string): string {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString().replace(/\.\d+Z$/, 'Z');
}
