import { type Command, Option } from 'commander';

import type { ApiOptions } from './client/options.ts';
import type { ListOptions } from './commands/list.ts';
import type { ShowOptions } from './commands/show.ts';
import type { SignalOptions } from './commands/signal.ts';
import type { StartOptions } from './commands/start.ts';
import type { SteerOptions } from './commands/steer.ts';
import { type Steering, steerings } from './steerings.ts';

const defaultApi = 'http://127.0.0.1:8080';

/** What commander hands on: options as they were given. */
type Given<Options> = Omit<Options, 'tail'>;

interface Declaration {
  /** Name and arguments. */
  readonly usage: string;
  readonly description: string;
  /** Each without `baton`. */
  readonly examples: readonly string[];
}

/** Declares the commands of those who operate runs and deliveries: clients of the REST API. */
export function declareOperatorCommands(program: Command): void {
  const declare = ({ usage, description, examples }: Declaration): Command =>
    program
      .command(usage)
      .description(description)
      .addOption(new Option('--api <url>', 'where the API is').env('BATON_API').default(defaultApi))
      .option('--json', 'print what the API answers, as JSON', false)
      .addHelpText('after', examplesText(examples));

  program.commandsGroup('Work with runs:');
  declareStart(declare);
  declareLook(declare);
  declareSignal(declare);
  for (const steering of steerings) declareSteering(declare, steering);

  program.commandsGroup('Work with events:');
  declareEvents(declare);
}

type Declare = (declaration: Declaration) => Command;

function declareStart(declare: Declare): void {
  declare({
    usage: 'start [process]',
    description: 'start a run',
    examples: [
      'start order-fulfilment --example --wait 20s',
      'start order-fulfilment --input @order.json --id order-1001 --business-key 1001',
      `start parcel --input '{"weight": 3}' --json`,
      'start --from order-1001',
    ],
  })
    .addOption(
      new Option('--input <json>', 'the input: JSON, @file, or - for the standard input').conflicts(
        'example',
      ),
    )
    .option('--example', "the input is the process's own example")
    .addOption(
      new Option(
        '--from <run>',
        'an earlier run again: its process, its input and, unless another is given, its business key',
      ).conflicts(['input', 'example']),
    )
    .option('--id <id>', 'the id of the run; the same start again finds the same run')
    .option('--business-key <key>', "the team's own name for the case")
    .option('--idempotency-key <key>', 'makes the start safe to repeat')
    .option('--wait <duration>', 'wait up to so long, 60s at most, for the end of the run')
    .action(async (process: string | undefined, given: Given<StartOptions>, command: Command) =>
      (await import('./commands/start.ts')).startCommand(process, withTail(given, command)),
    );
}

function declareLook(declare: Declare): void {
  declare({
    usage: 'list',
    description: 'runs: open ones first, each part newest first',
    examples: ['list --status stuck', 'list --process order-fulfilment --started-after 2h --limit 100'],
  })
    .option('--process <name>', 'of this process only')
    .option(
      '--status <status>',
      'running, paused, stuck, completed, failed, cancelled, terminated or timed-out',
    )
    .option('--business-key <key>', 'of this case only')
    .option(
      '--started-after <time>',
      'started after a time such as 2026-01-31T12:00:00Z, or within the last 2h',
    )
    .option('--limit <number>', 'the most that are listed', '20')
    .action(async (given: Given<ListOptions>, command: Command) =>
      (await import('./commands/list.ts')).listCommand(withTail(given, command)),
    );

  declare({
    usage: 'show <run>',
    description: 'one run with its steps',
    examples: ['show order-1001', 'show order-1001 --watch', 'show order-1001 --json | jq .output'],
  })
    .option('--watch', 'follow it until it has ended; the exit code tells how', false)
    .option('--input', 'the whole input', false)
    .option('--output', 'the whole output', false)
    .action(async (run: string, given: Given<ShowOptions>, command: Command) =>
      (await import('./commands/show.ts')).showCommand(run, withTail(given, command)),
    );

  declare({
    usage: 'processes [process]',
    description: 'what can be started; with a name: its steps, input and decisions',
    examples: [
      'processes',
      'processes order-fulfilment',
      'processes order-fulfilment --json | jq .inputSchema',
    ],
  }).action(async (process: string | undefined, given: Given<ApiOptions>, command: Command) =>
    (await import('./commands/processes.ts')).processesCommand(process, withTail(given, command)),
  );
}

function declareSignal(declare: Declare): void {
  declare({
    usage: 'signal <run> <decision>',
    description: 'send a run a decision that it waits for',
    examples: [
      `signal order-1001 approval --data '{"approved": true, "by": "Grace"}'`,
      'signal order-1001 approval --data @decision.json --idempotency-key grace-order-1001',
    ],
  })
    .option('--data <json>', 'the decision: JSON, @file, or - for the standard input')
    .option('--idempotency-key <key>', 'makes the request safe to repeat')
    .action(async (...[run, decision, given, command]: [string, string, Given<SignalOptions>, Command]) =>
      (await import('./commands/signal.ts')).signalCommand(run, decision, withTail(given, command)),
    );
}

function declareEvents(declare: Declare): void {
  declare({
    usage: 'subscriptions',
    description: 'who gets the events of the log, those with parked events first',
    examples: [
      'subscriptions',
      `subscriptions --json | jq '.subscriptions[] | select(.open.parked > 0) | .name'`,
    ],
  }).action(async (given: Given<ApiOptions>, command: Command) =>
    (await import('./commands/subscriptions.ts')).subscriptionsCommand(withTail(given, command)),
  );
}

function declareSteering(declare: Declare, steering: Steering): void {
  const { action, description, warning, takes, examples } = steering;
  const command = declare({ usage: `${action} <run>`, description, examples });
  if (takes.includes('step')) command.option('--step <name>', 'one of several steps that are stuck');
  if (takes.includes('reason')) command.option('--reason <text>', "why; it stays in Temporal's history");
  if (takes.includes('idempotency-key')) {
    command.option('--idempotency-key <key>', 'makes the request safe to repeat');
  }
  if (warning !== null) command.option('-y, --yes', 'do not ask', false);
  command.action(async (run: string, given: Given<SteerOptions>, itself: Command) =>
    (await import('./commands/steer.ts')).steerCommand(steering, run, withTail(given, itself)),
  );
}

/** A command that is printed for a person to enter must reach the same API; the environment does so by itself. */
function withTail<Options extends Given<ApiOptions>>(
  given: Options,
  command: Command,
): Options & { readonly tail: string } {
  const api = given.api === '' ? defaultApi : given.api;
  const tail = command.getOptionValueSource('api') === 'cli' ? ` --api ${api}` : '';
  return { ...given, api, tail };
}

function examplesText(examples: readonly string[]): string {
  return ['', 'Examples:', ...examples.map((example) => `  $ baton ${example}`)].join('\n');
}
