import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { BatonError } from '../../../src/core/errors.ts';
import { loadDefinitions, type ReadModelModule } from '../../../src/events/read-models/load-definitions.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-read-models-'));
  await mkdir(join(folder, 'lib'));
  await writeFile(join(folder, 'package.json'), '{ "name": "team", "type": "module" }');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(file: string, text: string): Promise<ReadModelModule> {
  const module = join(folder, file);
  await writeFile(module, text);
  return { name: 'late-orders', module, exportName: 'lateOrders' };
}

const typescript = `
  import { defineReadModel } from 'baton/read-models';
  import { keyOf } from './lib/key-of.ts';
  interface Late { readonly days: number }
  export const lateOrders = defineReadModel<Late>({
    title: 'Late orders', version: 3, key: keyOf, indexes: ['days'],
    on: { 'order.late': (row, { id }): Late => ({ days: (row?.days ?? 0) + id.length }) },
  });`;
const javascript = `
  import { basename } from 'node:path';
  import { defineReadModel } from 'baton/read-models';
  import legacy from './lib/legacy.cjs';
  export const lateOrders = defineReadModel({
    title: basename(legacy.title), version: 1, key: () => 'all',
    on: { 'order.late': () => ({ days: 1 }) },
  });`;

/** Compiles what is concerned to JavaScript, each file at the place where `npm run build` puts it. */
async function compileBaton(dist: string): Promise<void> {
  const files = ['events/read-models/load-definitions', 'read-models/index'];
  for (const file of files) {
    await build({
      entryPoints: [join(repository, `src/${file}.ts`)],
      outfile: join(dist, `${file}.js`),
      ...{ bundle: true, packages: 'external', platform: 'node', format: 'esm' },
    });
  }
}

/** A process that runs from what \`npm run build\` makes, as an installed Baton does. */
async function loadFromDist(dist: string, modules: readonly ReadModelModule[]): Promise<unknown> {
  const loader = pathToFileURL(join(dist, 'events/read-models/load-definitions.js')).href;
  const script = `
    const { loadDefinitions } = await import(${JSON.stringify(loader)});
    const [definition] = await loadDefinitions(${JSON.stringify(modules)}, ${JSON.stringify(join(folder, 'dist-build'))});
    console.log(JSON.stringify(definition));`;
  const { stdout } = await execa(process.execPath, ['--input-type=module', '--eval', script]);
  return JSON.parse(stdout);
}

describe('the read models of a project', () => {
  it('are loaded from TypeScript and JavaScript, from its sources and from what is built of Baton', async () => {
    await writeFile(
      join(folder, 'lib/key-of.ts'),
      'export const keyOf = (event: { subject?: string }): string | null => event.subject ?? null;',
    );
    await writeFile(
      join(folder, 'lib/legacy.cjs'),
      "exports.title = require('node:path').join('/a', 'late');",
    );
    const ts = await write('late-orders.ts', typescript);
    const js = await write('late-orders.js', javascript);
    const [typed] = await loadDefinitions([ts], join(folder, 'build'));
    expect(typed).toMatchObject({ name: 'late-orders', title: 'Late orders', version: 3, indexes: ['days'] });
    const event = {
      specversion: '1.0',
      id: 'four',
      source: '/',
      type: 'order.late',
      subject: 'o-1',
    } as const;
    expect(typed?.keyOf(event)).toBe('o-1');
    expect(typed?.reduce({ days: 2 }, { event, position: 1, recordedAt: '' })).toEqual({ days: 6 });
    const [plain] = await loadDefinitions([js], join(folder, 'build'));
    expect(plain).toMatchObject({ title: 'late', version: 1 });

    // Below the repository, so that Node finds Baton's dependencies from there.
    await mkdir(join(repository, '.baton'), { recursive: true });
    const dist = await mkdtemp(join(repository, '.baton', 'dist-'));
    try {
      await compileBaton(dist);
      await writeFile(join(dist, 'package.json'), '{ "type": "module" }');
      for (const module of [ts, js]) {
        expect(await loadFromDist(dist, [module])).toMatchObject({ name: 'late-orders' });
      }
    } finally {
      await rm(dist, { recursive: true });
    }
  });

  it('are loaded anew when they have changed', async () => {
    const load = async (title: string): Promise<string | undefined> => {
      const module = await write('changed.js', javascript.replace(/title: .*?,/, `title: '${title}',`));
      const [definition] = await loadDefinitions([module], join(folder, 'build'));
      return definition?.title;
    };
    expect([await load('first'), await load('second')]).toEqual(['first', 'second']);
  });

  it.each([
    ['does not compile', 'export const lateOrders = (', /late-orders-bad\.ts:1:\d+ /],
    ['imports what is not there', "import './nowhere.ts'; export const lateOrders = {};", /nowhere/],
    ['exports something else', 'export const other = {};', /No matching export .*"lateOrders"/],
    [
      'fails as it is loaded',
      "export const lateOrders = {}; throw new Error('sic');",
      /as it was loaded: .*sic/,
    ],
    ['is no read model', 'export const lateOrders = 7;', /late-orders: must be made by defineReadModel/],
  ])('are refused with the reason, where one %s', async (_, source, reason) => {
    const module = await write('late-orders-bad.ts', source);
    const error = await loadDefinitions([module], join(folder, 'build')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BatonError);
    const { code, message, faults } = error as BatonError;
    expect(code).toBe('invalid-request');
    expect(faults).not.toEqual([]);
    expect(message).toMatch(reason);
  });
});
