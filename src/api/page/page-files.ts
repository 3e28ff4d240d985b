import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { PageFile } from './bundle-page.ts';

/** `npm run build` has bundled the page; where Baton runs from its sources it is bundled when first asked for. */
const runsFromSource = import.meta.url.endsWith('.ts');

const builtFolder = fileURLToPath(new URL('../../page', import.meta.url));

export async function loadPageFiles(): Promise<readonly PageFile[]> {
  if (runsFromSource) {
    const { bundlePage } = await import('./bundle-page.ts');
    return bundlePage();
  }
  const names = await readdir(builtFolder);
  return Promise.all(
    names.map(async (name) => ({ name, contents: await readFile(join(builtFolder, name)) })),
  );
}
