import { mkdir, rm, writeFile } from 'node:fs/promises';

import { bundlePage } from './bundle-page.ts';

// A script of `npm run build`: bundles the page to where the compiled API looks for it. There is one page only.
const folder = new URL('../../../dist/page/', import.meta.url);
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const { name, contents } of await bundlePage()) await writeFile(new URL(name, folder), contents);
