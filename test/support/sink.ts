import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What came to a sink. */
interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An HTTP sink that remembers what it got, by path. */
export interface Sink {
  readonly url: string;
  /** What it answers from now on; 200 at first. */
  answer: (path: string) => { readonly status: number; readonly body?: string };
  /** @param path without its slash */
  got(path: string): readonly Received[];
  close(): Promise<void>;
}

export async function createSink(): Promise<Sink> {
  const received = new Map<string, Received[]>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const path = request.url ?? '';
      received.set(path, [...(received.get(path) ?? []), { headers: request.headers, body }]);
      const answer = sink.answer(path);
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sink: Sink = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: () => ({ status: 200 }),
    got: (path) => received.get(`/${path}`) ?? [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return sink;
}
