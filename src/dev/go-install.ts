import { execa } from 'execa';

import type { Environment } from './find-program.ts';
import { type Report, secondsSince } from './report.ts';

export interface GoInstall {
  /** Path of the `go` command. */
  readonly go: string;
  /** Package and version, e.g. `example.org/tool/cmd/tool@v1.2.3`. */
  readonly package: string;
  /** Folder that the program is put into. */
  readonly folder: string;
  readonly env: Environment;
  readonly report: Report;
  readonly signal?: AbortSignal;
}

/** How often a line of progress comes, in milliseconds. */
const pace = 5_000;

/**
 * Builds a program from its source with Go's own tools.
 *
 * @throws Error with what `go` said last
 */
export async function goInstall(options: GoInstall): Promise<void> {
  const start = Date.now();
  const child = execa(options.go, ['install', '-v', options.package], {
    env: { ...options.env, GOBIN: options.folder },
    extendEnv: false,
    reject: false,
    all: true,
    stdin: 'ignore',
    ...(options.signal !== undefined && { cancelSignal: options.signal }),
  });
  const last: string[] = [];
  const timer = setInterval(() => {
    options.report(`building: ${secondsSince(start)}, ${describeGoLine(last.at(-1))}`);
  }, pace);
  try {
    for await (const line of child.iterable({ from: 'all' })) {
      last.push(line);
      if (last.length > 5) last.shift();
    }
    const { exitCode } = await child;
    options.signal?.throwIfAborted();
    if (exitCode !== 0) throw new Error(last.join('\n') || 'go gave no reason');
  } finally {
    clearInterval(timer);
  }
}

/** What a line of `go install -v` says about the work: a module that is fetched, or a package that is compiled. */
export function describeGoLine(line: string | undefined): string {
  if (line === undefined) return 'go is at work';
  const fetched = /^go: downloading (\S+) (\S+)/.exec(line);
  return fetched === null ? `compiling ${line}` : `fetching ${fetched[1] ?? ''} ${fetched[2] ?? ''}`;
}
