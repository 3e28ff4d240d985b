import { type Config, readConfig } from '../../config.ts';
import { type Check, failFaults, ok, warn } from './check.ts';
import { checkNode } from './check-node.ts';
import { checkPorts } from './check-ports.ts';
import { checkPostgres } from './check-postgres.ts';
import { checkProject } from './check-project.ts';
import { checkSecrets, checkServices } from './check-services.ts';
import { checkTemporal } from './check-temporal.ts';
import type { Environment, Surroundings } from './surroundings.ts';

/** Looks at everything that Baton needs, all at once. Changes nothing. */
export async function examine(dir: string, env: Environment): Promise<readonly Check[]> {
  const { checks: environment, config } = checkEnvironment(env);
  const [node, parts] = await Promise.all([
    checkNode(),
    config === null ? checkProject(dir, env).then(({ checks }) => checks) : checkParts(dir, { env, config }),
  ]);
  const notLookedAt =
    config === null ? [warn('Others', 'not looked at', 'mend the environment first, then ask again')] : [];
  return [...node, ...environment, ...parts, ...notLookedAt];
}

async function checkParts(dir: string, { env, config }: Surroundings): Promise<readonly Check[]> {
  const [{ checks, project }, temporal, postgres] = await Promise.all([
    checkProject(dir, env),
    checkTemporal({ env, config }),
    checkPostgres({ config }),
  ]);
  const surroundings = { env, config, project: project ?? { catalogue: {} } };
  const [ports, services] = await Promise.all([checkPorts(surroundings), checkServices(surroundings)]);
  return [
    ...[...checks, ...temporal, postgres, ...ports, ...services, ...checkSecrets(surroundings)],
    ...(project === null
      ? [warn('Services', 'not looked at', 'mend the project first, then ask again')]
      : []),
  ];
}

function checkEnvironment(env: Environment): {
  readonly checks: readonly Check[];
  readonly config: Config | null;
} {
  try {
    return {
      checks: [ok('Environment', 'every variable of Baton that is set is valid')],
      config: readConfig(env),
    };
  } catch (error) {
    return { checks: failFaults('Environment', error, 'docs/reference/configuration.md'), config: null };
  }
}
