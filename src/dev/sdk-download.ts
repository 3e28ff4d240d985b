import { readdir, rename, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { execa } from 'execa';

import type { Environment } from './find-program.ts';
import { type Report, secondsSince } from './report.ts';

/** What to let the SDK download, and where to put it. */
export interface SdkDownload {
  readonly server: 'dev-server' | 'time-skipping';
  readonly folder: string;
  /** File name that the program gets in the folder. */
  readonly executable: string;
  readonly env: Environment;
  readonly report: Report;
  readonly signal?: AbortSignal;
}

/**
 * How long nothing may happen, in milliseconds: where the network swallows packets, nobody should wait for minutes; a
 * slow line that does bring something may take its time.
 */
const patience = { firstByte: 8_000, nextByte: 20_000, look: 500 };

/**
 * Downloading is a side effect of starting a server through the SDK. It is done in a process of its own, because it
 * can only be given up by killing it.
 */
const downloadScript = `
  const [testing, server, downloadDir] = process.argv.slice(1);
  const { TestWorkflowEnvironment } = require(testing);
  const start = server === 'dev-server' ? 'createLocal' : 'createTimeSkipping';
  TestWorkflowEnvironment[start]({ server: { executable: { type: 'cached-download', downloadDir } } })
    .then((environment) => environment.teardown())
    .then(() => process.exit(0), (error) => { process.stderr.write(String(error.message)); process.exit(1); });
`;

/**
 * Lets the SDK download one of its servers.
 *
 * @throws Error that says why it could not be had
 */
export async function downloadBySdk(options: SdkDownload): Promise<void> {
  const { server, folder, report } = options;
  const start = Date.now();
  const child = execa(process.execPath, ['-e', downloadScript, testingModule(), server, folder], {
    env: options.env,
    extendEnv: false,
    reject: false,
    ...(options.signal !== undefined && { cancelSignal: options.signal }),
  });
  const watch = watchGrowth(folder, (bytes) => {
    report(`downloading: ${(bytes / 1e6).toFixed(0)} MB, ${secondsSince(start)}`);
  });
  const stalled = await Promise.race([child.then(() => false), watch.stalled]);
  watch.end();
  if (stalled) {
    child.kill('SIGKILL');
    await child;
    throw new Error(`the server for downloads sends nothing (waited ${secondsSince(start)})`);
  }
  const { exitCode, stderr } = await child;
  options.signal?.throwIfAborted();
  if (exitCode !== 0) throw new Error(lastReason(stderr));
  const [downloaded] = await readdir(folder);
  if (downloaded === undefined) throw new Error('the SDK downloaded nothing');
  await rename(join(folder, downloaded), join(folder, options.executable));
}

/** The SDK's test package is there where Baton is developed or a project is tested; without it nothing is lost but this way. */
function testingModule(): string {
  try {
    return createRequire(import.meta.url).resolve('@temporalio/testing');
  } catch (cause) {
    throw new Error('the package @temporalio/testing is not installed', { cause });
  }
}

function watchGrowth(
  folder: string,
  grown: (bytes: number) => void,
): { readonly stalled: Promise<true>; end(): void } {
  let end = (): void => undefined;
  const stalled = new Promise<true>((resolve) => {
    let size = 0;
    let since = Date.now();
    const timer = setInterval(() => {
      void sizeOf(folder).then((now) => {
        if (now > size) {
          size = now;
          since = Date.now();
          grown(size);
        } else if (Date.now() - since > (size === 0 ? patience.firstByte : patience.nextByte)) {
          resolve(true);
        }
      });
    }, patience.look);
    end = (): void => {
      clearInterval(timer);
    };
  });
  return { stalled, end };
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = names.map(async (name) =>
    stat(join(folder, name))
      .then((is) => is.size)
      .catch(() => 0),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** The SDK nests its reasons: `could not start: could not download: …: no such host`. The last two say it all. */
function lastReason(stderr: string): string {
  const reasons = stderr.split(': ').slice(-2).join(': ').trim();
  return reasons === '' ? 'the download failed and gave no reason' : reasons;
}
