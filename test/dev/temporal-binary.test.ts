import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { programFolder } from '../../src/dev/program-cache.ts';
import { locateTemporal } from '../../src/dev/temporal-binary.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A proxy that nobody listens at: the SDK's download fails as on a machine without network. */
const noNetwork = { HTTPS_PROXY: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' };

function writeScript(folder: string, name: string, lines: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A machine with nothing but what a test gives it. */
function machine(): { cacheDir: string; bin: string; env: Record<string, string>; lines: string[] } {
  const folder = temporaryFolder();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const tool of ['mkdir', 'cp', 'chmod']) symlinkSync(`/bin/${tool}`, join(bin, tool));
  return { cacheDir: join(folder, 'cache'), bin, env: { PATH: bin, ...noNetwork }, lines: [] };
}

it('takes the command on the PATH', async () => {
  const { cacheDir, bin, env } = machine();
  const path = writeScript(bin, 'temporal', 'echo "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"');
  expect(await locateTemporal({ cacheDir, env, report: () => undefined })).toBe(path);
});

it('takes the cached command when the one on the PATH is too old', async () => {
  const { cacheDir, bin, env } = machine();
  writeScript(bin, 'temporal', 'echo "temporal version 0.9.0 (Server 1.20.0, UI 2.9.1)"');
  const folder = programFolder({ cacheDir, key: 'temporal/v1.5.1', executable: 'temporal' });
  const path = writeScript(folder, 'temporal', 'exit 0');
  expect(await locateTemporal({ cacheDir, env, report: () => undefined })).toBe(path);
});

it('builds it with Go where there is no network for a download, and caches it', async () => {
  const { cacheDir, bin, env, lines } = machine();
  const report = (line: string): number => lines.push(line);
  writeScript(bin, 'go', 'echo "go: downloading example.org/a v1.0.0" >&2; cp "$0" "$GOBIN/temporal"');
  const path = await locateTemporal({ cacheDir, env, report });
  expect(lines[0]).toContain('building github.com/temporalio/cli/cmd/temporal@v1.5.1');
  expect(lines.at(-1)).toContain(`${path} is there after`);

  const without = await locateTemporal({ cacheDir, env: { ...env, PATH: '' }, report });
  expect(without).toBe(path);
});

it('says all that was tried and what to do, when it cannot be had', async () => {
  const { cacheDir, bin, env } = machine();
  writeScript(bin, 'go', 'echo "go: this needs go >= 1.25" >&2; exit 1');
  const located = locateTemporal({ cacheDir, env, report: () => undefined });
  await expect(located).rejects.toMatchObject({
    code: 'temporal-unavailable',
    message: expect.stringMatching(
      /no temporal on the PATH[^]*the SDK's download: .+[^]*go install .+: go: this needs go >= 1\.25[^]*Install it by hand[^]*go install github\.com[^]*TEMPORAL_ADDRESS/,
    ) as unknown,
  });
});

it('can be given up while it builds', async () => {
  const { cacheDir, bin, env } = machine();
  const giveUp = new AbortController();
  symlinkSync('/bin/sleep', join(bin, 'sleep'));
  writeScript(bin, 'go', 'exec sleep 60');
  const report = (line: string): void => {
    if (line.includes('building')) giveUp.abort(new Error('enough'));
  };
  const located = locateTemporal({ cacheDir, env, report, signal: giveUp.signal });
  await expect(located).rejects.toThrow('enough');
});
