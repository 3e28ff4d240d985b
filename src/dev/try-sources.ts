import type { BatonError } from '../core/errors.ts';

/** A program that is there already, or one of the ways to get it. */
interface Source {
  readonly kind: string;
}

interface Use extends Source {
  readonly kind: 'use';
  readonly path: string;
}

/**
 * Tries one source of a program after another.
 *
 * @param remarks why some sources are left out
 * @param fail makes the error out of what was tried, a line each
 * @returns the absolute path of the program
 */
export async function trySources<S extends Source>(
  { sources, remarks }: { readonly sources: readonly (Use | S)[]; readonly remarks: readonly string[] },
  how: {
    readonly obtain: (source: S) => Promise<string>;
    readonly describe: (source: S) => string;
    readonly fail: (tried: readonly string[]) => BatonError;
    readonly signal: AbortSignal | undefined;
  },
): Promise<string> {
  const tried = [...remarks];
  for (const source of sources) {
    if (isUse(source)) return source.path;
    try {
      return await how.obtain(source);
    } catch (error) {
      how.signal?.throwIfAborted();
      tried.push(`${how.describe(source)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw how.fail(tried);
}

function isUse(source: Source): source is Use {
  return source.kind === 'use';
}
