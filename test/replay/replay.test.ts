import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';

import { callOptions } from '../../src/services/call-options.ts';
import { bundleProcesses } from '../../src/workers/process-bundle.ts';
import { loadShop, orderProcess } from '../support/shop.ts';
import { recordings } from './recordings.ts';

const folder = fileURLToPath(new URL('./histories', import.meta.url));
const paths = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.json')).sort();

async function bundleOf(module?: string): Promise<WorkflowBundle> {
  const project = await loadShop();
  const process = orderProcess(project);
  return bundleProcesses({
    processes: [{ ...process, module: module ?? process.module }],
    settings: callOptions(project.catalogue),
    buildDir: fileURLToPath(
      new URL(`../../.baton/replay-${module === undefined ? 'now' : 'changed'}`, import.meta.url),
    ),
  });
}

async function replay(bundle: WorkflowBundle, path: string): Promise<void> {
  const history: unknown = JSON.parse(await readFile(join(folder, path), 'utf8'));
  await Worker.runReplayHistory({ workflowBundle: bundle }, history);
}

describe('runs of every release', () => {
  let bundle: WorkflowBundle;
  beforeAll(async () => {
    bundle = await bundleOf();
  });

  it.each(paths)('%s goes on with the process as it is now', async (path) => {
    await replay(bundle, path);
  });

  it('are recorded for every way through the process', () => {
    const recorded = new Set(paths.map((path) => path.replace(/^.*\/|\.json$/g, '')));
    expect([...recorded].sort()).toEqual(recordings.map(({ name }) => name).sort());
  });
});

describe('a process that was changed under its runs', () => {
  it('is caught', async () => {
    const changed = await bundleOf(fileURLToPath(new URL('./changed-order-fulfilment.ts', import.meta.url)));
    const [shipped] = paths.filter((path) => path.endsWith('/shipped.json'));
    await expect(replay(changed, shipped ?? '')).rejects.toBeInstanceOf(DeterminismViolationError);
  });
});
