import { join } from 'node:path';

import type { Fault } from '../core/errors.ts';
import { findModule, isModule, moduleName } from './module-file.ts';
import { seemsToExport, toExportName } from './process-module.ts';
import type { ReadModelFile } from './project.ts';
import { listFilesIfThere } from './read-text.ts';

const folder = 'read-models';

/**
 * Lists the read models of a project, and runs none.
 *
 * @param faults where what is wrong is added
 * @returns none where the project has no such folder
 */
export async function loadReadModels(root: string, faults: Fault[]): Promise<readonly ReadModelFile[]> {
  const files = (await listFilesIfThere(join(root, folder))) ?? [];
  const names = new Set(files.filter(isModule).map(moduleName));
  const found: ReadModelFile[] = [];
  for (const name of names) {
    const module = await findModule(join(root, folder, name));
    if (module === null) continue;
    const file = `${folder}/${name}${module.ending}`;
    const exportName = toExportName(name);
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) {
      faults.push(
        fault(
          `${file} must be named with lower-case letters, digits and -, a letter first, 40 characters at most; ` +
            'what is no read model belongs into another folder',
        ),
      );
    } else if (!seemsToExport(module.text, exportName)) {
      faults.push(fault(`${file} must export a read model named ${exportName}`));
    } else found.push({ name, module: module.path, exportName });
  }
  return found;
}

function fault(message: string): Fault {
  return { pointer: '', message };
}
