import type { Catalogue, ServiceAuth } from '../services/catalogue.ts';

/** A service that is started on this machine. */
export interface LocalService {
  readonly name: string;
  /** Where its callers find it; without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Program and arguments. */
  readonly command: readonly [string, ...string[]];
  readonly database: string | null;
  readonly auth: ServiceAuth | null;
}

const loopback = '127.0.0.1';
const here = new Set([loopback, 'localhost']);

/** The services of a catalogue that have a command and are called on this machine. */
export function localServices(catalogue: Catalogue): readonly LocalService[] {
  return Object.values(catalogue).flatMap(({ name, url, dev, auth }) => {
    const { hostname, port, protocol } = new URL(url);
    const [program, ...args] = dev?.command ?? [];
    if (dev === null || program === undefined || !here.has(hostname)) return [];
    const defaultPort = protocol === 'https:' ? 443 : 80;
    return [
      {
        name,
        url,
        host: loopback,
        port: port === '' ? defaultPort : Number(port),
        command: [program, ...args],
        database: dev.database,
        auth,
      } satisfies LocalService,
    ];
  });
}
