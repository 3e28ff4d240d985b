import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

/** One file that the page is made of. */
export interface PageFile {
  /** With a hash of the content in it: what has this name never changes. */
  readonly name: string;
  readonly contents: Uint8Array;
}

const sources = fileURLToPath(new URL('../../page', import.meta.url));

/** Makes the files that a browser loads of the sources in `src/page`: one script, one style sheet, the icon. */
export async function bundlePage(): Promise<readonly PageFile[]> {
  const { outputFiles } = await build({
    absWorkingDir: sources,
    entryPoints: { page: 'main.tsx', style: 'styles/page.css', icon: 'icon.svg' },
    entryNames: '[name]-[hash]',
    outdir: 'out',
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome110', 'firefox115', 'safari16'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.svg': 'copy' },
    legalComments: 'none',
    logLevel: 'silent',
  });
  return outputFiles.map(({ path, contents }) => ({ name: basename(path), contents }));
}
