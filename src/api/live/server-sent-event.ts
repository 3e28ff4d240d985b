/**
 * One event of the given type, with its data as JSON; which holds no line feed.
 *
 * @param id what a browser that lost its connection sends as `Last-Event-ID`
 */
export function serverSentEvent(type: string, data: unknown, id?: number): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Tells a browser how far it is where there is nothing to show: an id alone makes no event of it. */
export function serverSentId(id: number): string {
  return `id: ${id}\n\n`;
}
