#!/usr/bin/env node
import { Command } from 'commander';

import { declareOperatorCommands } from './operator-commands.ts';
import { ownVersion } from './own-version.ts';
import { errorText } from './report-error.ts';

/** Each command's code is loaded only when it is asked for: the worker's alone takes a second. */
const program = new Command('baton')
  .description('A durable orchestrator for microservices')
  .version(await ownVersion(), '-V, --version', 'print the version')
  .showHelpAfterError('(--help shows what there is)');

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--project <folder>', 'the folder with services.yaml and processes/', '.');
}

interface Options {
  readonly project: string;
}

program.commandsGroup('Run Baton:');
command(
  'dev',
  'everything on this machine: Temporal, PostgreSQL, the services of the project, worker and API',
).action(async (options: Options) => (await import('./commands/dev.ts')).devCommand(options));
command('serve', 'API and worker in one process').action(async (options: Options) =>
  (await import('./commands/serve.ts')).serveCommand(options),
);
command('api', 'the REST API').action(async (options: Options) =>
  (await import('./commands/api.ts')).apiCommand(options),
);
command('worker', 'a worker: runs the processes and calls the services').action(async (options: Options) =>
  (await import('./commands/worker.ts')).workerCommand(options),
);
command('deliver', 'delivers the events of the log to their subscriptions; needs DATABASE_URL').action(
  async (options: Options) => (await import('./commands/deliver.ts')).deliverCommand(options),
);
command('generate', "write the types of the project's operations and inputs to generated/baton.ts")
  .option('--check', 'write nothing; fail when the file is out of date', false)
  .action(async (options: Options & { check: boolean }) =>
    (await import('./commands/generate.ts')).generateCommand(options),
  );
command('doctor', 'tells what is missing on this machine, and how to get it')
  .option('--json', 'print the checks as JSON', false)
  .addHelpText('after', '\nExamples:\n  $ baton doctor --project examples/shop\n  $ baton doctor --json')
  .action(async (options: Options & { json: boolean }) =>
    (await import('./commands/doctor.ts')).doctorCommand(options),
  );

declareOperatorCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  console.error(`baton: ${errorText(error)}`);
  // Whatever a start that failed has left open, such as a connection to a Temporal that is frozen, must not hold it.
  process.exit(1);
}
