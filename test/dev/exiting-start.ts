import { startChild } from '../../src/dev/child-process.ts';

/** A start that is made to exit, as by a second Ctrl-C: takes a folder, and prints the pid of what it started. */
const [folder = ''] = process.argv.slice(2);
const { pid } = await startChild({
  name: 'child',
  command: ['sleep', '60'],
  cwd: folder,
  env: { PATH: process.env['PATH'] },
  logFile: `${folder}/child.log`,
  stopSignal: 'SIGTERM',
  grace: 10_000,
});
process.stdout.write(String(pid), () => process.exit(130));
