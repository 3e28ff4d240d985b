import type { Catalogue } from '../services/catalogue.ts';
import { type LocalService, localServices } from './local-service.ts';
import { freePort, type NeededPort } from './ports.ts';

/** The ports of the embedded parts; 0 = any free one. */
export interface DevPorts {
  readonly temporal: number;
  readonly ui: number;
  readonly postgres: number;
}

/** Which parts are to run, and where. */
export interface DevListeners {
  readonly host: string;
  readonly temporalAddress: string | null;
  readonly databaseUrl: string | null;
  readonly project: { readonly catalogue: Catalogue };
  readonly otherPorts: readonly NeededPort[];
}

/** Puts a port that is free at the moment where any will do. */
export async function chooseDevPorts({ host, ports }: { host: string; ports: DevPorts }): Promise<DevPorts> {
  const choose = async (port: number): Promise<number> => (port === 0 ? freePort(host) : port);
  const [temporal, ui, postgres] = await Promise.all([
    choose(ports.temporal),
    choose(ports.ui),
    choose(ports.postgres),
  ]);
  return { temporal, ui, postgres };
}

/** Every port that something is going to listen on; not those of a part that runs elsewhere. */
export function neededPorts(listeners: DevListeners, ports: DevPorts): readonly NeededPort[] {
  const { host, temporalAddress, databaseUrl, project, otherPorts } = listeners;
  const temporal: readonly NeededPort[] = [
    { host, port: ports.temporal, purpose: 'Temporal', change: 'set BATON_DEV_TEMPORAL_PORT' },
    { host, port: ports.ui, purpose: "Temporal's Web UI", change: 'set BATON_DEV_UI_PORT' },
  ];
  const postgres: readonly NeededPort[] = [
    { host, port: ports.postgres, purpose: 'PostgreSQL', change: 'set BATON_DEV_POSTGRES_PORT' },
  ];
  return [
    ...(temporalAddress === null ? temporal : []),
    ...(databaseUrl === null ? postgres : []),
    ...localServices(project.catalogue).map(neededPort),
    ...otherPorts,
  ];
}

function neededPort({ name, host, port }: LocalService): NeededPort {
  return {
    host,
    port,
    purpose: `the service ${name}`,
    change: `give ${name} another url (its variable in the catalogue of services)`,
  };
}
