/** What a machine has that could become a `temporal` command; paths are absolute, `null` = not there. */
export interface TemporalFacts {
  /** The one on the PATH, with the version of the server in it; `null` = it does not say. */
  readonly onPath: { readonly path: string; readonly server: string | null } | null;
  readonly cached: string | null;
  readonly go: string | null;
}

/** A way to get the command; the first that works is taken. */
export type TemporalSource =
  | { readonly kind: 'use'; readonly path: string }
  | { readonly kind: 'download' }
  | { readonly kind: 'build'; readonly go: string };

export interface TemporalPlan {
  readonly sources: readonly TemporalSource[];
  /** What is there and not taken, or not there and would help: for the report and for the error. */
  readonly remarks: readonly string[];
}

/** The oldest server with everything that Baton asks of one: updates, KeywordList attributes, eager starts. */
const oldestServer = '1.27.0';

/** Decides where the `temporal` command comes from. */
export function planTemporal({ onPath, cached, go }: TemporalFacts): TemporalPlan {
  const remarks: string[] = [];
  if (onPath === null) remarks.push('no temporal on the PATH');
  else if (onPath.server === null) remarks.push(`${onPath.path} does not say which server it has`);
  else if (isOlder(onPath.server, oldestServer)) {
    remarks.push(`${onPath.path} has server ${onPath.server}, older than ${oldestServer}`);
  } else return { sources: [{ kind: 'use', path: onPath.path }], remarks };

  if (cached !== null) return { sources: [{ kind: 'use', path: cached }], remarks };
  if (go === null) remarks.push('no go on the PATH to build it with');
  const build: readonly TemporalSource[] = go === null ? [] : [{ kind: 'build', go }];
  return { sources: [{ kind: 'download' }, ...build], remarks };
}

/** Reads `temporal --version`, e.g. `temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)`. */
export function serverVersion(output: string): string | null {
  return /\bServer v?(\d+\.\d+\.\d+)/.exec(output)?.[1] ?? null;
}

function isOlder(version: string, than: string): boolean {
  const [parts, limits] = [version, than].map((text) => text.split('.').map(Number));
  for (const [index, limit] of (limits ?? []).entries()) {
    const part = parts?.[index] ?? 0;
    if (part !== limit) return part < limit;
  }
  return false;
}
