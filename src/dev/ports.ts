import { createServer } from 'node:net';

import getPort from 'get-port';

import { BatonError } from '../core/errors.ts';

/** A port that something here is going to listen on. */
export interface NeededPort {
  readonly port: number;
  readonly host: string;
  /** What listens there, e.g. `Temporal's Web UI`. */
  readonly purpose: string;
  /** How another port is chosen, e.g. `set BATON_DEV_UI_PORT`. */
  readonly change: string;
}

/**
 * Checks all ports before anything starts, so that a taken one stops nothing half-way.
 *
 * @throws BatonError `invalid-request` that lists every port that cannot be had, what for, and how to choose another
 */
export async function assertPortsFree(needed: readonly NeededPort[]): Promise<void> {
  const faults = [...sharedPorts(needed), ...(await takenPorts(needed))];
  if (faults.length === 0) return;
  const message = ['Not every port that is needed is free:', ...faults.map((fault) => `  - ${fault}`)].join(
    '\n',
  );
  throw new BatonError('invalid-request', message, { extensions: { ports: faults } });
}

/** Ports that are wanted for two things at once. */
function sharedPorts(needed: readonly NeededPort[]): readonly string[] {
  return needed.flatMap(({ port, host, purpose, change }, index) => {
    const first = needed.slice(0, index).find((other) => isSamePlace(other, { host, port }));
    return first === undefined
      ? []
      : [`${host}:${port} is wanted for ${first.purpose} and for ${purpose}; ${first.change} or ${change}`];
  });
}

type Place = Pick<NeededPort, 'host' | 'port'>;

function isSamePlace(one: Place, other: Place): boolean {
  return one.port === other.port && spell(one.host) === spell(other.host);
}

/** Two spellings of this very machine. */
function spell(host: string): string {
  return host === 'localhost' ? '127.0.0.1' : host;
}

async function takenPorts(needed: readonly NeededPort[]): Promise<readonly string[]> {
  const lines = needed.map(async ({ port, host, purpose, change }, index) => {
    if (needed.findIndex((other) => isSamePlace(other, { host, port })) !== index) return [];
    const obstacle = await tryToListen(host, port);
    return obstacle === null ? [] : [`${host}:${port} for ${purpose} ${obstacle}; ${change}`];
  });
  return (await Promise.all(lines)).flat();
}

/** @returns why it cannot be listened on; `null` = it can */
async function tryToListen(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve('is taken');
      else if (error.code === 'EACCES') resolve('may not be used by this account');
      else resolve(`cannot be used (${error.code ?? error.message})`);
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve(null);
      });
    });
  });
}

/** A port that is free at the moment, for whoever wants any. None is given twice: its server may yet have to start. */
export async function freePort(host: string): Promise<number> {
  return getPort({ host, reserve: true });
}
