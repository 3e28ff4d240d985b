import { join, resolve } from 'node:path';

import { BatonError, type Fault } from '../core/errors.ts';
import type { Catalogue } from '../services/catalogue.ts';
import { declaredOperations, openapiPaths, parseCatalogue } from '../services/parse-catalogue.ts';
import { loadEvents } from './load-events.ts';
import { parseManifest } from './parse-manifest.ts';
import { seemsToExport, toExportName } from './process-module.ts';
import type { Process, Project } from './project.ts';
import { findModule, isModule, moduleName } from './module-file.ts';
import { loadReadModels } from './load-read-models.ts';
import { listFilesIfThere, readTextIfThere } from './read-text.ts';

const manifestEnding = '.manifest.yaml';

/**
 * Reads a team's folder: `services.yaml` with the OpenAPI documents it names, `processes/` with a module and a manifest for
 * each process, and `events.yaml` and `read-models/` where they are there. Runs no code of the project.
 *
 * @throws BatonError `invalid-request` with every fault of every file
 */
export async function loadProject(
  dir: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Project> {
  const root = resolve(dir);
  const faults: Fault[] = [];
  const text = await readTextIfThere(join(root, 'services.yaml'));
  if (text === null)
    faults.push(fault(`services.yaml is missing in ${root}; is this the folder of a project?`));
  const catalogue = text === null ? null : await loadCatalogue(root, { text, env, faults });
  const operations = text === null ? [] : declaredOperations(text);
  const processes = await loadProcesses(root, { operations, faults });
  const services = catalogue === null ? null : Object.keys(catalogue);
  const events = await loadEvents(root, { services, processes: Object.keys(processes) });
  faults.push(...events.faults);
  const readModels = await loadReadModels(root, faults);
  if (catalogue === null || events.value === null || faults.length > 0) {
    throw new BatonError('invalid-request', `The project in ${root} is not valid`, { faults });
  }
  return { dir: root, catalogue, processes, events: events.value, readModels };
}

interface CatalogueContext {
  readonly text: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where faults are collected. */
  readonly faults: Fault[];
}

async function loadCatalogue(
  root: string,
  { text, env, faults }: CatalogueContext,
): Promise<Catalogue | null> {
  const documents = new Map<string, string>();
  for (const path of openapiPaths(text)) {
    const document = await readTextIfThere(join(root, path));
    if (document !== null) documents.set(path, document);
  }
  try {
    return parseCatalogue(text, { env, documents });
  } catch (error) {
    if (!(error instanceof BatonError)) throw error;
    faults.push(...error.faults);
    return null;
  }
}

interface ProcessContext {
  readonly operations: readonly string[];
  /** Where faults are collected. */
  readonly faults: Fault[];
}

async function loadProcesses(root: string, context: ProcessContext): Promise<Record<string, Process>> {
  const files = await listFilesIfThere(join(root, 'processes'));
  if (files === null) {
    context.faults.push(fault(`the folder processes/ is missing in ${root}`));
    return {};
  }
  const manifests = files.filter((file) => file.endsWith(manifestEnding));
  const names = manifests.map((file) => file.slice(0, -manifestEnding.length));
  context.faults.push(...strayFaults(files, names));
  const processes: Record<string, Process> = {};
  for (const name of names) {
    const process = await loadProcess(root, name, context);
    if (process !== null) processes[name] = process;
  }
  return processes;
}

/** Modules that belong to no manifest, and files that look like a manifest and are none. */
function strayFaults(files: readonly string[], names: readonly string[]): Fault[] {
  return files.flatMap((file) => {
    if (/\.manifest\.(yml|json)$/.test(file))
      return [fault(`processes/${file} must end in ${manifestEnding}`)];
    if (!isModule(file)) return [];
    const name = moduleName(file);
    if (names.includes(name)) return [];
    return [
      fault(
        `processes/${file} has no manifest; write processes/${name}${manifestEnding} beside it, or, if it is no process, move it into another folder`,
      ),
    ];
  });
}

async function loadProcess(root: string, name: string, context: ProcessContext): Promise<Process | null> {
  const { faults, operations } = context;
  const file = `processes/${name}${manifestEnding}`;
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    faults.push(fault(`${file} must be named with lower-case letters, digits and -, a letter first`));
  }
  const manifest = parseManifest((await readTextIfThere(join(root, file))) ?? '', { file, operations });
  faults.push(...manifest.faults);
  const exportName = toExportName(name);
  const module = await findModule(join(root, 'processes', name));
  if (module === null) {
    faults.push(fault(`${file} has no module; write processes/${name}.ts that exports ${exportName}`));
  } else if (!seemsToExport(module.text, exportName)) {
    faults.push(fault(`processes/${name}${module.ending} must export a function named ${exportName}`));
  }
  if (manifest.value === null || module === null) return null;
  return { ...manifest.value, name, module: module.path, exportName };
}

function fault(message: string): Fault {
  return { pointer: '', message };
}
