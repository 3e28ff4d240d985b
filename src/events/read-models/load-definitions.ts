import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build, type Message } from 'esbuild';

import { BatonError } from '../../core/errors.ts';
import { isJsonObject } from '../../core/json.ts';
import { type Definition, toDefinition } from './definition.ts';

/** A read model of a project: where it is, and the name under which the module exports it. */
export interface ReadModelModule {
  readonly name: string;
  /** Absolute path. */
  readonly module: string;
  readonly exportName: string;
}

/** True while Baton itself runs from its sources. */
const runsFromSource = import.meta.url.endsWith('.ts');
const ownFile = (path: string): string =>
  fileURLToPath(new URL(`${path}${runsFromSource ? '.ts' : '.js'}`, import.meta.url));

/** Modules of CommonJS that are bundled ask for those of Node in their own way. */
const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * Bundles the read models of a project and runs their modules: TypeScript or JavaScript, wherever Baton itself runs from, and
 * with this very Baton's `baton/read-models`, so that the project need not list it.
 *
 * @param buildDir a folder that may be written; the bundle is kept there for debugging
 * @throws BatonError `invalid-request` with each thing that is wrong
 */
export async function loadDefinitions(
  modules: readonly ReadModelModule[],
  buildDir: string,
): Promise<readonly Definition[]> {
  if (modules.length === 0) return [];
  const text = await bundle(modules);
  const exported = await run(await keep(text, resolve(buildDir)), text);
  return modules.map(({ name }) => toDefinition(name, exported[name]));
}

async function bundle(modules: readonly ReadModelModule[]): Promise<string> {
  const entry = modules.map(
    ({ name, module, exportName }) =>
      `export { ${exportName} as ${JSON.stringify(name)} } from ${JSON.stringify(module)};`,
  );
  try {
    const { outputFiles } = await build({
      stdin: { contents: entry.join('\n'), resolveDir: '/', sourcefile: 'read-models' },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: 'inline',
      banner: { js: banner },
      alias: { 'baton/read-models': ownFile('../../read-models/index') },
      logLevel: 'silent',
    });
    return outputFiles[0]?.text ?? '';
  } catch (error) {
    throw notLoaded(messagesOf(error), error);
  }
}

/** Others may read the file at that moment. */
async function keep(text: string, dir: string): Promise<string> {
  await mkdir(dir, { recursive: true });
  const file = join(dir, 'read-models.mjs');
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, text);
  await rename(draft, file);
  return file;
}

async function run(file: string, text: string): Promise<Record<string, unknown>> {
  const version = createHash('sha256').update(text).digest('hex').slice(0, 12);
  try {
    const module: unknown = await import(`${pathToFileURL(file).href}?${version}`);
    return isJsonObject(module) ? module : {};
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw notLoaded([`a module of read-models/ failed as it was loaded: ${reason}`], error);
  }
}

function messagesOf(error: unknown): readonly string[] {
  const errors = error instanceof Error && 'errors' in error ? (error.errors as readonly Message[]) : [];
  if (errors.length === 0) return [error instanceof Error ? error.message : String(error)];
  return errors.map(({ text, location }) =>
    location === null ? text : `${location.file}:${location.line}:${location.column + 1} ${text}`,
  );
}

function notLoaded(messages: readonly string[], cause: unknown): BatonError {
  const faults = messages.map((message) => ({ pointer: '', message }));
  const detail = `The read models of the project cannot be loaded: ${messages.join('; ')}`;
  return new BatonError('invalid-request', detail, { faults, cause });
}
