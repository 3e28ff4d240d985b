import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { anchors, linkTarget, listDocuments, readDocument, relativeLinks, repository } from './markdown.ts';

const documents = await listDocuments();

describe('the links of the documentation', () => {
  it.each(documents)('lead from %s to something', async (document) => {
    const broken: string[] = [];
    for (const link of relativeLinks(await readDocument(document))) {
      const fault = await faultOf(document, link);
      if (fault !== null) broken.push(`${link} ${fault}`);
    }
    expect(broken).toEqual([]);
  });

  it('lead from the README to every guide and to every page of the reference', async () => {
    const reached = await reachableFrom('README.md');
    const pages = documents.filter((path) => /^(docs|examples)\//.test(path));
    expect(pages.filter((page) => !reached.has(page))).toEqual([]);
  });
});

async function faultOf(document: string, link: string): Promise<string | null> {
  const { path, anchor } = linkTarget(document, link);
  if (path.startsWith('..')) return 'leaves the repository';
  const target = await stat(join(repository, path)).catch(() => null);
  if (target === null) return 'leads nowhere';
  if (anchor === '') return null;
  if (!path.endsWith('.md')) return 'has an anchor in something that is no Markdown';
  return anchors(await readDocument(path)).has(anchor) ? null : 'names no heading';
}

/** Every document that a reader gets to; a folder shows all that is in it. */
async function reachableFrom(start: string): Promise<ReadonlySet<string>> {
  const reached = new Set<string>();
  const open = [start];
  for (let document = open.pop(); document !== undefined; document = open.pop()) {
    if (reached.has(document)) continue;
    reached.add(document);
    for (const link of relativeLinks(await readDocument(document))) {
      const target = linkTarget(document, link).path.replace(/\/$/, '');
      open.push(...documents.filter((path) => path === target || path.startsWith(`${target}/`)));
    }
  }
  return reached;
}
