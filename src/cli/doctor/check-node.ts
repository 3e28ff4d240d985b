import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { type Check, fail, ok } from './check.ts';

const manifest = z.object({ engines: z.object({ node: z.string() }) });

/** Whether Node is as new as Baton's package asks for. */
export async function checkNode(version = process.versions.node): Promise<readonly Check[]> {
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  const oldest = manifest.parse(JSON.parse(text)).engines.node.replace(/^>=/, '');
  const isEnough = version.localeCompare(oldest, 'en', { numeric: true }) >= 0;
  return [
    isEnough
      ? ok('Node.js', version)
      : fail('Node.js', `${version} is too old`, `install ${oldest} or newer: https://nodejs.org`),
  ];
}
