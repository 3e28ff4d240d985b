import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';

import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

import { writeProject } from '../project/fixtures/project-folder.ts';
import { batonMain } from '../support/part.ts';

interface Outcome {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as a process of its own. */
async function baton(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const command = ['--import', 'tsx', batonMain, ...args];
  const { exitCode, stdout, stderr } = await execa(process.execPath, command, { env, reject: false });
  return { exitCode, stdout, stderr };
}

const commands = ['dev', 'serve', 'api', 'worker', 'generate'];
const forOperators = ['start', 'list', 'show', 'signal', 'cancel', 'terminate', 'retry', 'undo', 'give-up'];
const stack = /^\s+at .+:\d+/m;

describe('the baton command', () => {
  it('tells what there is when it is asked for help, and when it is asked for nothing', async () => {
    const asked = await baton(['--help']);
    expect(asked).toMatchObject({ exitCode: 0, stderr: '' });
    for (const command of [
      ...commands,
      ...forOperators,
      'pause',
      'resume',
      'processes',
      'subscriptions',
      'doctor',
    ])
      expect(asked.stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(await baton([])).toEqual({ exitCode: 1, stdout: '', stderr: asked.stdout });
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect(await baton(['--version'])).toEqual({ exitCode: 0, stdout: version, stderr: '' });
  });

  it.each([
    { args: ['frobnicate'], says: "unknown command 'frobnicate'" },
    { args: ['api', '--proyect', '.'], says: "unknown option '--proyect'" },
    { args: ['worker', '--project'], says: "option '--project <folder>' argument missing" },
    { args: ['api', '--check'], says: "unknown option '--check'" },
    { args: ['serve', 'examples/shop'], says: 'too many arguments' },
  ])('refuses $args', async ({ args, says }) => {
    const { exitCode, stdout, stderr } = await baton(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).toContain('--help');
    expect(stderr).not.toMatch(stack);
  });

  it.each(['doctor', ...forOperators, 'processes', 'subscriptions'])(
    '%s shows examples in its help',
    async (command) => {
      const { exitCode, stdout } = await baton([command, '--help']);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(new RegExp(`\\nExamples:\\n  \\$ baton ${command} ?`));
    },
  );

  it('doctor tells what is missing, by its exit code too', async () => {
    const args = ['doctor', '--project', join(import.meta.dirname, 'no-such-project')];
    const { exitCode, stdout, stderr } = await baton(args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toMatch(/^fail +Project +services\.yaml is missing/m);
    const { checks } = JSON.parse((await baton([...args, '--json'])).stdout) as {
      checks: { status: string }[];
    };
    expect(checks).toContainEqual(expect.objectContaining({ name: 'Project', status: 'fail' }));
  });

  it.each(commands)('%s says where it looked for a project that is not there', async (command) => {
    const dir = join(import.meta.dirname, 'no-such-project');
    const { exitCode, stdout, stderr } = await baton([command, '--project', dir]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(`services.yaml is missing in ${dir}`);
    expect(stderr).not.toMatch(stack);
  });

  it.each(commands)(
    '%s lists every fault of a broken project at once, before it starts anything',
    async (command) => {
      const dir = await writeProject({
        'services.yaml': 'services:\n  payment:\n    url: ftp://pay\n    operation: {}\n',
        'processes/pay-order.ts': null,
        'processes/stray.ts': 'export {};\n',
      });
      const { exitCode, stdout, stderr } = await baton([command, '--project', dir]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      const [first, ...faults] = stderr.split('\n');
      expect(first).toBe(`baton: The project in ${dir} is not valid`);
      for (const fault of [
        /services\.yaml:3:5 .*must be a URL such as http/,
        /services\.yaml:4:5 .*is not a known field; did you mean operations\?/,
        /services\.yaml:2:3 .*openapi is missing/,
        /processes\/stray\.ts has no manifest/,
        /processes\/pay-order\.manifest\.yaml has no module/,
      ]) {
        expect(faults.filter((line) => fault.test(line))).toHaveLength(1);
      }
      expect(stderr).not.toMatch(stack);
    },
  );

  it.each(['dev', 'serve', 'api', 'worker'])(
    '%s lists everything that is wrong with its environment',
    async (command) => {
      const dir = await writeProject();
      const env = { BATON_PORT: 'eighty', BATON_LOG_LEVEL: 'loud' };
      const { exitCode, stdout, stderr } = await baton([command, '--project', dir], env);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      const [first, ...faults] = stderr.split('\n');
      expect(first).toBe('baton: The environment is not valid');
      expect(faults.map((line) => /BATON_\w+/.exec(line)?.[0])).toEqual(['BATON_PORT', 'BATON_LOG_LEVEL']);
    },
  );

  it('worker says that it cannot offer its metrics where something else listens', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = `127.0.0.1:${(other.address() as AddressInfo).port}`;
    const args = ['worker', '--project', await writeProject()];
    const { exitCode, stderr } = await baton(args, { BATON_METRICS_ADDRESS: address });
    other.close();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(new RegExp(`metrics on ${address} .*Set BATON_METRICS_ADDRESS to another`));
    expect(stderr).not.toMatch(stack);
  });

  it('deliver says that it cannot offer its metrics where something else listens', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = `127.0.0.1:${(other.address() as AddressInfo).port}`;
    const env = { BATON_METRICS_ADDRESS: address, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    const { exitCode, stderr } = await baton(['deliver', '--project', await writeProject()], env);
    other.close();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(new RegExp(`metrics on ${address} .*Set BATON_METRICS_ADDRESS to another`));
    expect(stderr).not.toMatch(stack);
  });

  it.each(['serve', 'api', 'worker'])(
    '%s stops at a SIGTERM while it waits for Temporal',
    async (command) => {
      const env = { TEMPORAL_ADDRESS: '127.0.0.1:1', BATON_PORT: '0' };
      const args = ['--import', 'tsx', batonMain, command, '--project', await writeProject()];
      const child = execa(process.execPath, args, { env, reject: false });
      for await (const line of child.iterable({ from: 'stderr' })) {
        if (line.includes('connecting to Temporal')) child.kill('SIGTERM');
      }
      expect(await child).toMatchObject({ exitCode: 0, stdout: '' });
    },
  );

  it('generate writes the types and says where; with --check it writes nothing and fails until they are there', async () => {
    const dir = await writeProject();
    const file = join(dir, 'generated/baton.ts');
    const missing = await baton(['generate', '--check', '--project', dir]);
    expect(missing).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('run `baton generate`') as string,
    });
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    expect(await baton(['generate', '--project', dir])).toEqual({
      exitCode: 0,
      stdout: `wrote ${file}`,
      stderr: '',
    });
    expect(await readFile(file, 'utf8')).toContain('payment.authorise');
    expect(await baton(['generate', '--check', '--project', dir])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
  });
});
