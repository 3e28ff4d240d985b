import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { Connection } from '@temporalio/client';
import { execa } from 'execa';

import { acceptsConnections } from './accepts-connections.ts';
import type { Environment } from './find-program.ts';
import { classArchive } from './java-test-server.ts';
import { freePort } from './ports.ts';
import type { Report } from './report.ts';
import { waitUntilReady } from './wait-until.ts';

export interface Recording {
  /** The script that starts the test server, where it is to stay: the archive is of use at that path only. */
  readonly script: string;
  readonly env: Environment;
  readonly report: Report;
}

const host = '127.0.0.1';
/** Longest start and longest end of the server, in milliseconds. */
const limit = 30_000;

/**
 * Lets the Java test server do a little of everything once, and keeps the classes that it loaded, so that later starts
 * take a fifth of the time. A Java that cannot do that (before 13) is reported, and just starts as slowly as it does.
 */
export async function recordClasses({ script, env, report }: Recording): Promise<void> {
  const record = join(dirname(script), `${classArchive}.${process.pid}`);
  try {
    const port = await freePort(host);
    const child = execa(script, [String(port)], {
      env: { ...env, RECORD: record },
      extendEnv: false,
      reject: false,
      stdio: 'ignore',
    });
    const exited = child.then(({ exitCode }) => `exit code ${exitCode ?? 'unknown'}`);
    try {
      await waitUntilReady({ exited, limit, ready: () => acceptsConnections(host, port) });
      await exercise(`${host}:${port}`);
    } finally {
      child.kill('SIGTERM');
      const killing = setTimeout(() => child.kill('SIGKILL'), limit);
      await exited;
      clearTimeout(killing);
    }
    await rename(record, join(dirname(script), classArchive));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report(`its start cannot be made quick with this Java (${reason})`);
  } finally {
    await rm(record, { force: true });
  }
}

/** A run from its start until a worker has its first task. */
async function exercise(address: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    const { workflowService } = connection;
    const run = { namespace: 'default', workflowId: 'recording' };
    const taskQueue = { name: 'recording' };
    const workflowType = { name: 'recording' };
    await workflowService.startWorkflowExecution({ ...run, workflowType, taskQueue, requestId: 'recording' });
    await workflowService.pollWorkflowTaskQueue({
      namespace: run.namespace,
      taskQueue,
      identity: 'recording',
    });
    const execution = { workflowId: run.workflowId };
    await workflowService.describeWorkflowExecution({ namespace: run.namespace, execution });
    await workflowService.getWorkflowExecutionHistory({ namespace: run.namespace, execution });
  } finally {
    await connection.close();
  }
}
