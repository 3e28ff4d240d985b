import { lookForTemporal } from '../../dev/temporal-binary.ts';
import { connectClient } from '../../temporal/connect-client.ts';
import { createClient } from '../../temporal/create-client.ts';
import { missingAttributes } from '../../temporal/search-attributes.ts';
import { readTemporalSettings, type TemporalSettings } from '../../temporal/settings.ts';
import { grpcStatus, grpcStatusOf } from '../../temporal/temporal-error.ts';
import { type Check, fail, failFaults, ok, warn } from './check.ts';
import { patience, type Surroundings } from './surroundings.ts';

const name = 'Temporal';

/** The Temporal that is named, or else whether `baton dev` finds one to start. */
export async function checkTemporal({ env, config }: Surroundings): Promise<readonly Check[]> {
  if (config.temporalAddress === null) return [await checkProgram({ env, config })];
  let settings: TemporalSettings;
  try {
    settings = readTemporalSettings(env);
  } catch (error) {
    return failFaults(
      name,
      error,
      "mend Temporal's environment configuration: docs/reference/configuration.md",
    );
  }
  return checkServer(settings);
}

async function checkServer(settings: TemporalSettings): Promise<readonly Check[]> {
  const { address, namespace } = settings;
  try {
    const connection = await connectClient(settings, { timeout: patience });
    try {
      const client = createClient({ connection, namespace });
      await connection.workflowService.describeNamespace({ namespace });
      return [
        ok(name, `${address} answers; namespace ${namespace}`),
        attributesCheck(await missingAttributes(client)),
      ];
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (grpcStatusOf(error) === grpcStatus.notFound) {
      const command = `temporal operator namespace create --address ${address} --namespace ${namespace}`;
      return [
        fail(
          name,
          `${address} answers, but has no namespace ${namespace}`,
          `${command}, or set TEMPORAL_NAMESPACE`,
        ),
      ];
    }
    const reason = error instanceof Error ? error.message : String(error);
    const wayOut = 'start it, set TEMPORAL_ADDRESS to where it is, or unset it: baton dev then starts one';
    return [fail(name, reason, wayOut)];
  }
}

function attributesCheck(missing: readonly string[]): Check {
  if (missing.length === 0) return ok('Attributes', "Baton's search attributes are there");
  return warn(
    'Attributes',
    `the search attributes ${missing.join(', ')} are missing`,
    'baton serve, api and worker add them at their start; where they may not, they say what an operator has to enter',
  );
}

async function checkProgram({ env, config }: Surroundings): Promise<Check> {
  const { sources, remarks } = await lookForTemporal({ cacheDir: config.cache, env });
  const [first] = sources;
  const unset = 'TEMPORAL_ADDRESS is not set';
  if (first?.kind === 'use') return ok(name, `${unset}: baton dev starts ${first.path}`);
  const ways = sources.map(({ kind }) =>
    kind === 'build' ? 'builds it by Go, in some minutes' : 'downloads it',
  );
  return warn(
    name,
    `${unset}, and there is no command to start one: ${remarks.join('; ')}`,
    `baton dev ${ways.join(', or else ')}; or install it: https://docs.temporal.io/cli#install`,
  );
}
