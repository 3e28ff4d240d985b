import { startEmbedded } from '../../src/dev/embedded.ts';
import { fakeCatalogue, noEvents } from './fake-services.ts';

/** A start that a test kills: takes its home and its ports as arguments, and prints a line when all is up. */
const [home = '', ...ports] = process.argv.slice(2);
const [temporal = 0, ui = 0, postgres = 0, service = 0] = ports.map(Number);
await startEmbedded({
  home,
  cacheDir: null,
  env: process.env,
  host: '127.0.0.1',
  ports: { temporal, ui, postgres },
  temporalAddress: null,
  databaseUrl: null,
  project: { dir: home, catalogue: fakeCatalogue({ payment: { port: service } }), events: noEvents },
  apiUrl: null,
  otherPorts: [],
  report: () => undefined,
});
process.stdout.write('up\n');
