import { BatonError } from '../core/errors.ts';
import { findProgram } from './find-program.ts';
import { fetchFromMaven, testServerArtifact } from './java-test-server.ts';
import { cachedProgram, type CachedProgram, defaultCacheDir, installProgram } from './program-cache.ts';
import { type Report, secondsSince } from './report.ts';
import { recordClasses } from './record-classes.ts';
import { downloadBySdk } from './sdk-download.ts';
import type { LocateOptions } from './temporal-binary.ts';
import { planTestServer, type TestServerSource } from './test-server-plan.ts';
import { trySources } from './try-sources.ts';

type Obtainable = Exclude<TestServerSource, { kind: 'use' }>;

/**
 * Finds Temporal's time-skipping test server or gets it: the one that was cached before, the SDK's download, or the
 * same server from Maven Central behind a small script. What was got is cached.
 *
 * @returns an absolute path, for `executable: { type: 'existing-path', path }`
 * @throws BatonError `temporal-unavailable` that lists what was tried and how to get on
 * @example
 * const path = await locateTestServer({ cacheDir: null, env: process.env, report: console.error });
 * const environment = await TestWorkflowEnvironment.createTimeSkipping({
 *   server: { executable: { type: 'existing-path', path } },
 * });
 */
export async function locateTestServer(options: LocateOptions): Promise<string> {
  const { cacheDir, env } = options;
  const program: CachedProgram = {
    cacheDir: cacheDir ?? defaultCacheDir(env),
    key: `temporal-test-server/${testServerArtifact.version}`,
    executable: 'temporal-test-server',
  };
  const [cached, java, mvn] = await Promise.all([
    cachedProgram(program),
    findProgram('java', env),
    findProgram('mvn', env),
  ]);
  return trySources(planTestServer({ cached, java, mvn }), {
    obtain: (source) => obtain(source, { program, options }),
    describe,
    fail: notFound,
    signal: options.signal,
  });
}

async function obtain(
  source: Obtainable,
  { program, options }: { program: CachedProgram; options: LocateOptions },
): Promise<string> {
  const start = Date.now();
  const { env, signal } = options;
  const report: Report = (line) => {
    options.report(`Temporal's test server: ${line}`);
  };
  const path = await installProgram(program, async (folder) => {
    const shared = {
      folder,
      executable: program.executable,
      env,
      report,
      ...(signal !== undefined && { signal }),
    };
    if (source.kind === 'download') await downloadBySdk({ ...shared, server: 'time-skipping' });
    else await fetchFromMaven({ ...shared, java: source.java, mvn: source.mvn });
  });
  if (source.kind === 'maven') await recordClasses({ script: path, env, report });
  report(`${path} is there after ${secondsSince(start)}`);
  return path;
}

function describe(source: Obtainable): string {
  return source.kind === 'maven' ? `Maven, ${testServerArtifact.name}` : "the SDK's download";
}

function notFound(tried: readonly string[]): BatonError {
  const message = [
    "Temporal's time-skipping test server is not on this machine and could not be had:",
    ...tried.map((line) => `  - ${line}`),
    'Let this machine reach the network once, or install Java (8 or newer) and Maven and put both on the PATH.',
  ].join('\n');
  return new BatonError('temporal-unavailable', message, { extensions: { tried } });
}
