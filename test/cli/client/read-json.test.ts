import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readJson } from '../../../src/cli/client/read-json.ts';

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'baton-json-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('an option that takes JSON', () => {
  it.each([
    ['{"a": [1]}', { a: [1] }],
    ['"@x"', '@x'],
    ['null', null],
  ])('takes %s as it is', async (text, value) => {
    expect(await readJson('--input', text)).toEqual(value);
  });

  it('takes a file, also one that begins with a byte order mark', async () => {
    const file = join(dir, 'input.json');
    await writeFile(file, '\uFEFF{"a": 1}\n');
    expect(await readJson('--input', `@${file}`)).toEqual({ a: 1 });
  });

  it('says where the text stops being JSON', async () => {
    const file = join(dir, 'bad.json');
    await writeFile(file, '{\n  "a": 1,\n}');
    await expect(readJson('--input', `@${file}`)).rejects.toThrow(
      `${file} is not valid JSON, at line 3, column 1`,
    );
    await expect(readJson('--data', '{')).rejects.toThrow(
      '--data is not valid JSON, at line 1, column 2: Expected a name in double quotes or "}", found the end',
    );
  });

  it('names a file that cannot be read', async () => {
    await expect(readJson('--input', '@/no/such.json')).rejects.toThrow(
      '--input: /no/such.json cannot be read (ENOENT',
    );
  });
});
