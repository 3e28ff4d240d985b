import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { assertPortsFree, freePort, type NeededPort } from '../../src/dev/ports.ts';

const host = '127.0.0.1';
let taken: Server[];
let ports: number[];

beforeAll(async () => {
  taken = [createServer().listen(0, host), createServer().listen(0)];
  await Promise.all(taken.map((server) => once(server, 'listening')));
  ports = taken.map((server) => (server.address() as { port: number }).port);
});

afterAll(() => {
  for (const server of taken) server.close();
});

function needed(port: number, purpose: string, change: string): NeededPort {
  return { host, port, purpose, change };
}

it('lists every taken port with what it is for and how to choose another', async () => {
  const [here = 0, everywhere = 0] = ports;
  const wanted = [
    needed(here, 'Temporal', 'set BATON_DEV_TEMPORAL_PORT'),
    needed(await freePort(host), 'PostgreSQL', 'set BATON_DEV_POSTGRES_PORT'),
    needed(everywhere, 'the API', 'set BATON_PORT'),
  ];
  await expect(assertPortsFree(wanted)).rejects.toMatchObject({
    code: 'invalid-request',
    message: [
      'Not every port that is needed is free:',
      `  - 127.0.0.1:${here} for Temporal is taken; set BATON_DEV_TEMPORAL_PORT`,
      `  - 127.0.0.1:${everywhere} for the API is taken; set BATON_PORT`,
    ].join('\n'),
  });
});

it.each([host, 'localhost'])(
  'sees that one port is wanted for two things, here and on %s',
  async (spelled) => {
    const port = await freePort(host);
    const wanted = [
      needed(port, 'Temporal', 'set A'),
      { ...needed(port, 'the API', 'set B'), host: spelled },
    ];
    await expect(assertPortsFree(wanted)).rejects.toThrow(
      `${spelled}:${port} is wanted for Temporal and for the API; set A or set B`,
    );
  },
);

it('leaves free ports free', async () => {
  const wanted = [needed(await freePort(host), 'the API', 'set BATON_PORT')];
  await assertPortsFree(wanted);
  await assertPortsFree(wanted);
});
