import type { Express } from 'express';
import { createServer, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';

import { BatonError } from '../core/errors.ts';
import { problemMediaType, toProblem } from './problem.ts';
import { stoppingOf } from './stopping.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  /** How long a stopping server finishes what it is answering, in milliseconds. */
  readonly grace: number;
  readonly log: Logger;
}

/** A server that takes requests. */
export interface Listening {
  /** Without a slash at the end. */
  readonly url: string;
  /** Takes no more requests, finishes those begun within the grace, then cuts what is left. */
  readonly close: () => Promise<void>;
}

/**
 * Serves an application over HTTP.
 *
 * @throws BatonError `invalid-request` that says what to do when the address cannot be had
 */
export async function listen(app: Express, options: ListenOptions): Promise<Listening> {
  const server = createServer(app);
  const answering = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.prependListener('request', (_request, response) => {
    answering.add(response);
    response.once('close', () => answering.delete(response));
    if (!server.listening) response.setHeader('Connection', 'close');
  });
  server.on('clientError', refuseBrokenRequest);
  await bind(server, options);

  let closing: Promise<void> | undefined;
  return {
    url: urlOf(server, options.host),
    close: () => {
      closing ??= drain();
      return closing;
    },
  };

  async function drain(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
    for (const response of answering) if (!response.headersSent) response.setHeader('Connection', 'close');
    stoppingOf(app).abort();
    server.closeIdleConnections();
    // To Node a connection opened in advance is not idle: it waits for its first request.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    const timer = setTimeout(() => {
      options.log.warn(
        { requests: answering.size },
        'the grace is over: cutting what is still being answered',
      );
      server.closeAllConnections();
    }, options.grace);
    await closed;
    clearTimeout(timer);
  }
}

async function bind(server: Server, { host, port }: ListenOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new BatonError('invalid-request', sayWhy(error, host, port), { cause: error }));
    });
    server.listen(port, host, resolve);
  });
}

function sayWhy(error: NodeJS.ErrnoException, host: string, port: number): string {
  const place = `${host}:${port}`;
  switch (error.code) {
    case 'EADDRINUSE':
      return `The API cannot listen on ${place}: the port is taken. Stop what uses it, or set BATON_PORT to another`;
    case 'EACCES':
      return `The API may not listen on ${place}: ports below 1024 need rights. Set BATON_PORT to a higher one`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `The API cannot listen on ${place}: this machine has no such address. Set BATON_HOST to one it has`;
    default:
      return `The API cannot listen on ${place}: ${error.message}`;
  }
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Answers what is not even a whole HTTP request; express never sees it. */
function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, detail] = brokenRequests[error.code ?? ''] ?? [400, 'This is not HTTP'];
  const problem = { ...toProblem(new BatonError('invalid-request', detail), 'unread'), status };
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      `Content-Type: ${problemMediaType}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

const brokenRequests: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers, or the address, are longer than 16 KB'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time'],
};
