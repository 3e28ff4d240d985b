import { mkdir, rm, writeFile } from 'node:fs/promises';

import { bundlePage } from './src/api/page/bundle-page.ts';

// Bundles the page for `npm run build`, to where the compiled API looks for it: there is one page only.
const folder = new URL('dist/page/', import.meta.url);
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const { name, contents } of await bundlePage()) await writeFile(new URL(name, folder), contents);
