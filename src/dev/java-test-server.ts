import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { execa } from 'execa';

import type { Environment } from './find-program.ts';
import type { Report } from './report.ts';

/** The test server as the Java SDK publishes it. */
const version = '1.38.0';
export const testServerArtifact = {
  version,
  name: `io.temporal:temporal-test-server:${version}`,
  mainClass: 'io.temporal.testserver.TestServer',
} as const;

export interface MavenFetch {
  readonly java: string;
  readonly mvn: string;
  readonly folder: string;
  /** File name that the script gets in the folder. */
  readonly executable: string;
  readonly env: Environment;
  readonly report: Report;
  readonly signal?: AbortSignal;
}

/**
 * Fetches the test server and what it needs with Maven, and writes a script that starts it as the SDK expects: the
 * port is the first argument.
 *
 * @throws Error with what Maven said
 */
export async function fetchFromMaven(options: MavenFetch): Promise<void> {
  const { folder, mvn, env, report } = options;
  report(`fetching ${testServerArtifact.name} with Maven`);
  const project = join(folder, 'pom.xml');
  await writeFile(project, pom());
  const { exitCode, all } = await execa(
    mvn,
    [
      ...['--batch-mode', '--quiet', '--file', project, 'dependency:copy-dependencies'],
      ...['-DincludeScope=runtime', '-DoutputDirectory=lib'],
    ],
    {
      cwd: folder,
      env,
      extendEnv: false,
      reject: false,
      all: true,
      stdin: 'ignore',
      ...(options.signal !== undefined && { cancelSignal: options.signal }),
    },
  );
  options.signal?.throwIfAborted();
  if (exitCode !== 0) throw new Error(firstError(all));
  const jars = (await readdir(join(folder, 'lib'))).filter((name) => name.endsWith('.jar')).toSorted();
  const script = join(folder, options.executable);
  await writeFile(script, startScript(options.java, jars));
  await chmod(script, 0o755);
}

function pom(): string {
  const [group = '', artifact = '', wanted = ''] = testServerArtifact.name.split(':');
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>baton</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>${group}</groupId>
      <artifactId>${artifact}</artifactId>
      <version>${wanted}</version>
    </dependency>
    <!-- Without a logger it would complain at each start. -->
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
`;
}

/** Maven repeats itself at length; its first error names the cause. */
function firstError(output: string): string {
  const lines = output.split('\n');
  return lines.find((line) => line.includes('ERROR')) ?? (output.trim() || 'mvn gave no reason');
}

/** The file beside the script that Java keeps loaded classes in (JEP 350). */
export const classArchive = 'classes.jsa';

/**
 * Java's long start is most of what a test would wait for. With no second compiler, the simplest collector, and the
 * loaded classes in an archive it is a fifth as long. RECORD names the file that an archive is written to.
 */
function startScript(java: string, jars: readonly string[]): string {
  return `#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
java='${java.replaceAll("'", String.raw`'\''`)}'
[ -x "$java" ] || java=java
classes=-Xshare:auto
[ ! -f "$here/${classArchive}" ] || classes=-XX:SharedArchiveFile=$here/${classArchive}
[ -z "$RECORD" ] || classes=-XX:ArchiveClassesAtExit=$RECORD
exec "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$classes" \\
  -cp ${jars.map((jar) => `"$here"/lib/${jar}`).join(':')} \\
  ${testServerArtifact.mainClass} "$@"
`;
}
