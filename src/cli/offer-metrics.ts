import { once } from 'node:events';
import { createServer } from 'node:http';

import type { Registry } from 'prom-client';

import { BatonError } from '../core/errors.ts';

/**
 * Offers metrics to Prometheus at `/metrics` of an address, for a process that serves nothing else.
 *
 * @param address an IP address and a port, such as `127.0.0.1:9464`
 * @returns ends the offer
 * @throws BatonError `invalid-request` when the address cannot be had
 */
export async function offerMetrics(registry: Registry, address: string): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://metrics');
    if (pathname !== '/metrics') {
      response.writeHead(404).end('The metrics are at /metrics\n');
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  const { hostname, port } = new URL(`http://${address}`);
  server.listen(Number(port === '' ? 80 : port), hostname.replace(/^\[(.*)\]$/, '$1'));
  try {
    await once(server, 'listening');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `The deliverer cannot offer its metrics on ${address} (${reason}). Set BATON_METRICS_ADDRESS to another address`;
    throw new BatonError('invalid-request', message, { cause });
  }
  return async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
}
