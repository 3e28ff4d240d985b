import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';

import express from 'express';
import pino from 'pino';
import { describe, expect, it, vi } from 'vitest';

import { listen, type Listening } from '../../src/api/listen.ts';
import { containing } from './containing.ts';

const log = pino({ level: 'silent' });

/** A server that answers `/` at once and `/slow` when told to. */
async function startServer(grace: number): Promise<{
  listening: Listening;
  port: number;
  isBusy: () => boolean;
  finish: () => void;
}> {
  const app = express();
  let finish: (() => void) | undefined;
  app.get('/', (_request, response) => response.send('ok'));
  app.get('/slow', (_request, response) => {
    finish = () => response.send('done');
  });
  const listening = await listen(app, { host: '127.0.0.1', port: 0, grace, log });
  return {
    listening,
    port: Number(new URL(listening.url).port),
    isBusy: () => finish !== undefined,
    finish: () => finish?.(),
  };
}

describe('listen', () => {
  it('says that the port is taken and what to do', async () => {
    const { listening, port } = await startServer(1_000);
    await expect(listen(express(), { host: '127.0.0.1', port, grace: 1_000, log })).rejects.toMatchObject({
      code: 'invalid-request',
      message: containing(
        `cannot listen on 127.0.0.1:${port}: the port is taken. Stop what uses it, or set BATON_PORT`,
      ),
    });
    await listening.close();
  });

  it('says that the address is not of this machine', async () => {
    const options = { host: '192.0.2.1', port: 0, grace: 1_000, log };
    await expect(listen(express(), options)).rejects.toThrow('Set BATON_HOST to one it has');
  });

  it('finishes what it is answering before it closes', async () => {
    const { listening, isBusy, finish } = await startServer(60_000);
    const slow = fetch(`${listening.url}/slow`);
    await vi.waitFor(() => {
      expect(isBusy()).toBe(true);
    });
    const closing = listening.close();
    await expect(fetch(`${listening.url}/`)).rejects.toThrow('fetch failed');
    finish();
    const response = await slow;
    expect([await response.text(), response.headers.get('connection')]).toEqual(['done', 'close']);
    await closing;
  });

  it('cuts what is not answered within the grace', async () => {
    const { listening, isBusy } = await startServer(20);
    const slow = fetch(`${listening.url}/slow`);
    await vi.waitFor(() => {
      expect(isBusy()).toBe(true);
    });
    await Promise.all([expect(slow).rejects.toThrow('fetch failed'), listening.close()]);
  });

  it('closes connections that are kept alive or were opened in advance', async () => {
    const { listening, port } = await startServer(60_000);
    const agent = new Agent({ keepAlive: true });
    const [response] = (await once(get(`${listening.url}/`, { agent }), 'response')) as [IncomingMessage];
    await response.toArray();
    const unused = connect(port, '127.0.0.1');
    await once(unused, 'connect');
    const ended = once(unused, 'close');
    await vi.waitFor(() => {
      expect(Object.values(agent.freeSockets)).toHaveLength(1);
    });
    await listening.close();
    await ended;
    agent.destroy();
  });

  it('closes once, however often it is asked', async () => {
    const { listening } = await startServer(1_000);
    await Promise.all([listening.close(), listening.close()]);
    await listening.close();
  });
});
