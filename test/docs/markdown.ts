import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** What is nobody's text: dependencies, what is built, and git's own. */
const ignored = new Set(['node_modules', 'dist', 'coverage', '.baton', '.git']);

/** @param path in the repository */
export async function readDocument(path: string): Promise<string> {
  return readFile(join(repository, path), 'utf8');
}

/** Every Markdown file of the repository, as paths in it. */
export async function listDocuments(folder = ''): Promise<readonly string[]> {
  const entries = await readdir(join(repository, folder), { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return ignored.has(entry.name) ? [] : listDocuments(path);
      return entry.name.endsWith('.md') ? [path] : [];
    }),
  );
  return found.flat().sort();
}

/** A block of code, with what stands behind its opening fence: the language, then a name. */
export interface CodeBlock {
  readonly language: string;
  readonly name: string;
  readonly text: string;
}

export function codeBlocks(markdown: string): readonly CodeBlock[] {
  return [...markdown.matchAll(/^```(\w*) ?(.*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', name = '', text = '']) => ({ language, name, text }),
  );
}

/** The rows of every table of which the first column has this heading, by column. */
export function tableRows(markdown: string, heading: string): readonly Readonly<Record<string, string>>[] {
  const rows: Record<string, string>[] = [];
  let columns: readonly string[] | null = null;
  for (const line of markdown.split('\n')) {
    if (!line.startsWith('|')) columns = null;
    else if (columns === null) columns = cells(line);
    else if (columns[0] === heading && !/^\| -+/.test(line)) {
      const values = cells(line);
      rows.push(Object.fromEntries(columns.map((column, index) => [column, values[index] ?? ''])));
    }
  }
  return rows;
}

function cells(line: string): readonly string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** The first `code` of a cell; `null` where it has none. */
export function codeOf(cell: string | undefined): string | null {
  return /`([^`]+)`/.exec(cell ?? '')?.[1] ?? null;
}

/** Where the relative links of a document lead to, as written; links in code are none. */
export function relativeLinks(markdown: string): readonly string[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');
  const targets = [...prose.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)|^\[[^\]]+\]: +(\S+)/gm)].map(
    ([, inline, reference]) => inline ?? reference ?? '',
  );
  return targets.filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target));
}

/** The anchors of a document's headings, as GitHub makes them. */
export function anchors(markdown: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const prose = markdown.replaceAll(/^```[\s\S]*?^```$/gm, '');
  return new Set(
    [...prose.matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading = '']) => {
      const slug = heading
        .toLowerCase()
        .replaceAll(/\]\([^)]*\)/g, '')
        .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
        .replaceAll(' ', '-');
      const before = seen.get(slug) ?? 0;
      seen.set(slug, before + 1);
      return before === 0 ? slug : `${slug}-${before}`;
    }),
  );
}

/** The path in the repository that a link of a document leads to. */
export function linkTarget(
  document: string,
  link: string,
): { readonly path: string; readonly anchor: string } {
  const [path = '', anchor = ''] = link.split('#');
  return { path: path === '' ? document : join(dirname(document), decodeURI(path)), anchor };
}
