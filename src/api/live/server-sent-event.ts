/** A comment, which readers pass over (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export const heartbeat = ':\n\n';

/** One event of the given type, with its data as JSON; which holds no line feed. */
export function serverSentEvent(type: string, data: unknown): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}
