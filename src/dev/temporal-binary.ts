import { execa } from 'execa';

import { BatonError } from '../core/errors.ts';
import { type Environment, findProgram } from './find-program.ts';
import { goInstall } from './go-install.ts';
import { cachedProgram, type CachedProgram, defaultCacheDir, installProgram } from './program-cache.ts';
import { type Report, secondsSince } from './report.ts';
import { downloadBySdk } from './sdk-download.ts';
import {
  planTemporal,
  serverVersion,
  type TemporalFacts,
  type TemporalPlan,
  type TemporalSource,
} from './temporal-plan.ts';
import { trySources } from './try-sources.ts';

export interface LocateOptions {
  /** Folder for programs, shared by all clones; `null` = the user's cache folder. */
  readonly cacheDir: string | null;
  readonly env: Environment;
  readonly report: Report;
  readonly signal?: AbortSignal;
}

type Obtainable = Exclude<TemporalSource, { kind: 'use' }>;

/** The newest version that `go install` can build: later ones replace a module, which it refuses. */
const version = 'v1.5.1';
const goPackage = `github.com/temporalio/cli/cmd/temporal@${version}`;

/**
 * Finds the `temporal` command or gets it: the one on the PATH, the one that was cached before, the SDK's download, a
 * build by Go. What was got is cached.
 *
 * @returns an absolute path
 * @throws BatonError `temporal-unavailable` that lists what was tried and how to install it by hand
 */
export async function locateTemporal(options: LocateOptions): Promise<string> {
  const program = cachedTemporal(options);
  return trySources(await lookForTemporal(options), {
    obtain: (source) => obtain(source, { program, options }),
    describe,
    fail: notFound,
    signal: options.signal,
  });
}

/** Where the `temporal` command would come from. Gets nothing. */
export async function lookForTemporal(
  options: Pick<LocateOptions, 'cacheDir' | 'env'>,
): Promise<TemporalPlan> {
  return planTemporal(await gatherFacts(cachedTemporal(options), options.env));
}

function cachedTemporal({ cacheDir, env }: Pick<LocateOptions, 'cacheDir' | 'env'>): CachedProgram {
  return {
    cacheDir: cacheDir ?? defaultCacheDir(env),
    key: `temporal/${version}`,
    executable: 'temporal',
  };
}

async function gatherFacts(program: CachedProgram, env: Environment): Promise<TemporalFacts> {
  const [path, cached, go] = await Promise.all([
    findProgram('temporal', env),
    cachedProgram(program),
    findProgram('go', env),
  ]);
  const onPath = path === null ? null : { path, server: await versionOf(path, env) };
  return { onPath, cached, go };
}

async function versionOf(path: string, env: Environment): Promise<string | null> {
  const { stdout } = await execa(path, ['--version'], {
    env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: 10_000,
  });
  return serverVersion(stdout);
}

async function obtain(
  source: Obtainable,
  { program, options }: { program: CachedProgram; options: LocateOptions },
): Promise<string> {
  const start = Date.now();
  const report: Report = (line) => {
    options.report(`Temporal: ${line}`);
  };
  const shared = {
    env: options.env,
    report,
    ...(options.signal !== undefined && { signal: options.signal }),
  };
  if (source.kind === 'build') report(`building ${goPackage}; once, it takes some minutes`);
  const path = await installProgram(program, async (folder) => {
    if (source.kind === 'build') await goInstall({ ...shared, go: source.go, package: goPackage, folder });
    else await downloadBySdk({ ...shared, server: 'dev-server', folder, executable: program.executable });
  });
  report(`${path} is there after ${secondsSince(start)}`);
  return path;
}

function describe(source: Obtainable): string {
  return source.kind === 'build' ? `go install ${goPackage}` : "the SDK's download";
}

function notFound(tried: readonly string[]): BatonError {
  const message = [
    'There is no `temporal` command on this machine, and none could be had:',
    ...tried.map((line) => `  - ${line}`),
    'Install it by hand, then start again:',
    `  go install ${goPackage}      (Go puts it into $(go env GOPATH)/bin, which must be on the PATH)`,
    '  or see https://docs.temporal.io/cli#install',
    'Or set TEMPORAL_ADDRESS to a Temporal that runs elsewhere.',
  ].join('\n');
  return new BatonError('temporal-unavailable', message, { extensions: { tried } });
}
