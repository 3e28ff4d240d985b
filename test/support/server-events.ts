/** One event of a `text/event-stream`. */
export interface ServerEvent {
  readonly id?: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Reads Server-Sent Events until the connection closes; leaving the loop closes it. */
export async function* readEvents(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): AsyncGenerator<ServerEvent, void> {
  const gone = new AbortController();
  try {
    const response = await fetch(url, { headers, signal: gone.signal });
    if (!response.ok || response.body === null) throw new Error(`${url} answers ${response.status}`);
    let text = '';
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = `${text}${piece}`.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, id, type, data] = /^(?:id: (.*)\n)?event: (.*)\ndata: (.*)$/.exec(block) ?? [];
        if (type !== undefined && data !== undefined)
          yield { ...(id !== undefined && { id }), type, data: JSON.parse(data) as ServerEvent['data'] };
      }
    }
  } finally {
    gone.abort();
  }
}
