import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import {
  type BundleOptions,
  type BundlerPlugin,
  bundleWorkflowCode,
  DefaultLogger,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';

import { BatonError } from '../core/errors.ts';
import type { CallSettings } from '../workflows/call-settings.ts';

/** A workflow function to bundle: where it is, and the workflow type that it answers to. */
export interface ProcessModule {
  readonly name: string;
  /** Absolute path. */
  readonly module: string;
  readonly exportName: string;
}

/** True while Baton itself runs from its sources. */
const runsFromSource = import.meta.url.endsWith('.ts');
const ownFile = (path: string): string =>
  fileURLToPath(new URL(`${path}${runsFromSource ? '.ts' : '.js'}`, import.meta.url));

/** Baton's own dependencies, for a project that does not list `@temporalio/workflow` itself. */
const ownModules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/**
 * Bundles a project's processes for Temporal's sandbox, with the catalogue's call settings frozen in.
 *
 * @param buildDir a folder that may be written; the generated entry is kept there for debugging
 * @throws BatonError `invalid-request` with each thing that webpack reports, e.g. a module that does not compile or that
 *   imports a Node module
 */
export async function bundleProcesses({
  processes,
  settings,
  buildDir,
  plugins = [],
}: {
  processes: readonly ProcessModule[];
  settings: Readonly<Record<string, CallSettings>>;
  buildDir: string;
  plugins?: readonly BundlerPlugin[];
}): Promise<WorkflowBundleWithSourceMap> {
  await mkdir(buildDir, { recursive: true });
  // Webpack takes a relative path for the name of a package.
  const entry = join(resolve(buildDir), 'processes.mjs');
  await writeFile(entry, entryText(processes, settings));
  const problems: string[] = [];
  try {
    return await bundleWorkflowCode({
      workflowsPath: entry,
      plugins: [...plugins, ...(plugins.length > 0 ? [stepSpans] : [])],
      workflowInterceptorModules: [ownFile('../workflows/interceptors')],
      logger: new DefaultLogger('ERROR', () => undefined),
      webpackConfigHook: (config) => ({
        ...config,
        resolve: {
          ...config.resolve,
          modules: [...(config.resolve?.modules ?? ['node_modules']), ownModules],
          // The steps of this very worker, wherever the project would find others; it need not list the package.
          alias: {
            ...(config.resolve?.alias as Aliases | undefined),
            'baton/workflows$': ownFile('../workflows/index'),
          },
        },
        plugins: [...(config.plugins ?? []), collectProblems(problems)],
      }),
    });
  } catch (error) {
    throw notBundled(problems, error);
  }
}

/** Where a plugin makes spans, those of the calls say their steps. */
const stepSpans: BundlerPlugin = {
  name: 'baton-step-spans',
  configureBundler: (options) => ({
    ...options,
    workflowInterceptorModules: [
      ...(options.workflowInterceptorModules ?? []),
      ownFile('../workflows/trace-interceptors'),
    ],
  }),
};

/** Temporal gives them by name, not as a list. */
type Aliases = Readonly<Record<string, string | false | string[]>>;

type WebpackConfiguration = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];
type WebpackPlugin = Extract<
  NonNullable<WebpackConfiguration['plugins']>[number],
  (...args: never[]) => void
>;

/** What webpack finds wrong, without its statistics. */
function collectProblems(problems: string[]): WebpackPlugin {
  return (compiler) => {
    compiler.hooks.done.tap('baton', ({ compilation }) => {
      const { moduleGraph } = compilation;
      type Module = Parameters<typeof moduleGraph.getIssuer>[0];
      // Webpack's types leave out the module that an error is about.
      for (const error of compilation.errors as (Error & { readonly module?: Module })[]) {
        const from = error.module && moduleGraph.getIssuer(error.module);
        problems.push(nodeImport(error.message, from?.identifier()) ?? withoutNativeStack(error.message));
      }
    });
  };
}

/** @returns what is wrong with an import such as `node:fs`, which webpack calls an unhandled scheme */
function nodeImport(message: string, importer: string | undefined): string | null {
  const module = /^(?:Module build failed[^]*)?Reading from "(node:[^"]+)"/.exec(message)?.[1];
  if (module === undefined) return null;
  const file = importer?.split('!').at(-1) ?? 'A process';
  return `${file} imports ${module}: the workflow sandbox has no modules of Node. What needs one belongs into a service.`;
}

/** The compiler is a native program, whose own stack says nothing about the process. */
function withoutNativeStack(message: string): string {
  return message.split(/\n\s*(?:Caused by|Stack backtrace):/)[0]?.trim() ?? message;
}

function notBundled(problems: readonly string[], cause: unknown): BatonError {
  const messages = problems.length > 0 ? problems : [cause instanceof Error ? cause.message : String(cause)];
  const faults = messages.map((message) => ({ pointer: '', message }));
  return new BatonError('invalid-request', 'The processes cannot be bundled for the workflow sandbox', {
    faults,
    cause,
  });
}

/** The module that Temporal loads: each process under its own name as workflow type. */
function entryText(
  processes: readonly ProcessModule[],
  settings: Readonly<Record<string, CallSettings>>,
): string {
  const exports = processes.map(
    ({ name, module, exportName }) =>
      `export { ${exportName} as ${JSON.stringify(name)} } from ${JSON.stringify(module)};`,
  );
  return [
    `import { useCallSettings } from ${JSON.stringify(ownFile('../workflows/call-settings'))};`,
    `useCallSettings(${JSON.stringify(settings, null, 2)});`,
    ...exports,
    '',
  ].join('\n');
}
