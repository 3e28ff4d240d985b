import { BatonError } from '../../core/errors.ts';
import { neededPorts } from '../../dev/dev-ports.ts';
import { assertPortsFree, type NeededPort } from '../../dev/ports.ts';
import { type Check, fail, ok } from './check.ts';
import { patience, type ProjectSurroundings } from './surroundings.ts';

/** Where the parts of `baton dev` listen. */
const loopback = '127.0.0.1';

/** Whether each port that `baton dev` listens on can be had. One that Baton itself holds by now is no fault. */
export async function checkPorts({ config, project }: ProjectSurroundings): Promise<readonly Check[]> {
  const { host, port, temporalAddress, databaseUrl, dev } = config;
  const ports = neededPorts(
    {
      ...{ host: loopback, temporalAddress, databaseUrl, project },
      otherPorts: [{ host, port, purpose: 'the API', change: 'set BATON_PORT' }],
    },
    { temporal: dev.temporalPort, ui: dev.uiPort, postgres: dev.postgresPort },
  ).filter((needed) => needed.port !== 0);
  const isUp = await isBaton(`http://${host === '0.0.0.0' ? loopback : host}:${port}`);
  const checks = await Promise.all(ports.map((needed) => checkPort(needed, isUp)));
  return [...checks, ...sharedPorts(ports)];
}

async function checkPort(needed: NeededPort, isUp: boolean): Promise<Check> {
  const name = `Port ${needed.port}`;
  try {
    await assertPortsFree([needed]);
    return ok(name, `free, for ${needed.purpose}`);
  } catch (error) {
    if (!(error instanceof BatonError)) throw error;
    if (isUp) return ok(name, `taken, for ${needed.purpose}: Baton runs here, as it seems`);
    return fail(
      name,
      `not free, and wanted for ${needed.purpose}`,
      `end what listens there, or ${needed.change}`,
    );
  }
}

function sharedPorts(ports: readonly NeededPort[]): readonly Check[] {
  return ports.flatMap((needed, index) => {
    const first = ports
      .slice(0, index)
      .find(({ host, port }) => host === needed.host && port === needed.port);
    if (first === undefined) return [];
    const wanted = `wanted for ${first.purpose} and for ${needed.purpose}`;
    return [fail(`Port ${needed.port}`, wanted, `${first.change} or ${needed.change}`)];
  });
}

async function isBaton(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(patience) });
    return response.ok && (await response.text()) === '{"status":"live"}';
  } catch {
    return false;
  }
}
