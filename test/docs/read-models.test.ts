import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { loadDefinitions } from '../../src/events/read-models/load-definitions.ts';
import { sampleEvent } from '../events/lab.ts';
import { codeBlocks, readDocument, repository } from './markdown.ts';

const blocks = codeBlocks(await readDocument('docs/guides/read-models.md'));
const source = blocks.find(({ name }) => name === 'read-models/orders.ts')?.text ?? '';
let project: string;
let module: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'baton-guide-'));
  module = join(project, 'read-models/orders.ts');
  await mkdir(dirname(module));
  await writeFile(module, source);
  await writeFile(join(project, 'package.json'), '{ "name": "shop", "type": "module" }');
  await mkdir(join(project, 'node_modules'));
  await symlink(repository, join(project, 'node_modules/baton'));
});
afterAll(() => rm(project, { recursive: true }));

/** What the compiler says of the module with this text. */
async function compile(text: string): Promise<string> {
  await writeFile(module, text);
  const { stdout } = await execa(
    process.execPath,
    [
      join(repository, 'node_modules/typescript/bin/tsc'),
      ...['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--skipLibCheck'],
      ...['--allowImportingTsExtensions', '--customConditions', 'baton-source', module],
    ],
    { cwd: project, reject: false },
  );
  return stdout;
}

describe('the read model of the guide', () => {
  it('compiles, and does not where data or a row is misspelt', async () => {
    expect(await compile(source)).toBe('');
    expect(await compile(source.replace('data.customer', 'data.costumer'))).toMatch(/costumer/);
    expect(await compile(source.replace("status: 'shipped'", "status: 'gone'"))).toMatch(/gone/);
    expect(await compile(source.replace("indexes: ['status'", "indexes: ['state'"))).toMatch(/state/);
    expect(await compile(source.replace("'order.shipped': (row)", "'order.sent': (row)"))).toMatch(
      /order\.sent/,
    );
  });

  it('does what the guide says', async () => {
    await writeFile(module, source);
    const [orders] = await loadDefinitions([{ name: 'orders', module, exportName: 'orders' }], project);
    const shown = blocks.find(({ text }) => text.includes('"lastChange"'))?.text ?? '{}';
    const place = { position: 1, recordedAt: '2026-01-31T12:00:00.000Z' };
    const subject = 'order-4711';
    const events = [
      sampleEvent({ subject, type: 'order.placed', data: { customer: 'ada', total: 4_300 } }),
      sampleEvent({ subject, type: 'order.shipped' }),
    ];
    const row = events.reduce<unknown>((before, event) => orders?.reduce(before, { event, ...place }), null);
    expect(JSON.parse(shown)).toMatchObject({ key: orders?.keyOf(sampleEvent({ subject })), row });
    expect(orders?.reduce(row, { event: sampleEvent({ type: 'order.cancelled' }), ...place })).toBeNull();
  });
});
