import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test, vi } from 'vitest';

import { checkGenerated, writeGenerated } from '../../src/project/generated-file.ts';
import { generateTypes } from '../../src/project/generate-types.ts';
import { loadProject } from '../../src/project/load-project.ts';
import { writeProject } from './fixtures/project-folder.ts';

test('generated types are missing, then current, then out of date', async () => {
  const dir = await writeProject();
  const project = await loadProject(dir, {});
  expect(await checkGenerated(project)).toBe('generated/baton.ts is missing; run `baton generate`');

  const path = await writeGenerated(project);
  expect(path).toBe(join(dir, 'generated/baton.ts'));
  expect(await checkGenerated(project)).toBeNull();

  const openapi = join(dir, 'services/payment.yaml');
  await writeFile(openapi, (await readFile(openapi, 'utf8')).replaceAll('note:', 'remark:'));
  expect(await checkGenerated(project)).toMatch(
    /^generated\/baton\.ts is out of date from line \d+ on; run /,
  );

  await writeGenerated(project);
  expect(await checkGenerated(project)).toBeNull();

  await appendFile(path, '// by hand\n');
  expect(await checkGenerated(project)).toMatch(/out of date/);
});

test('the same project gives the same text, wherever it lies', async () => {
  const [one, other] = await Promise.all([writeProject(), writeProject()]);
  expect(await generateTypes(await loadProject(one, {}))).toBe(
    await generateTypes(await loadProject(other, {})),
  );
});

test('a document that has no types is refused by its name', async () => {
  // The generator of types tells the console as well.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const dir = await writeProject();
  const project = await loadProject(dir, {});
  await writeFile(
    join(dir, 'services/payment.yaml'),
    'openapi: 3.1.0\npaths: { /a: { $ref: nowhere.yaml } }',
  );
  await expect(generateTypes(project)).rejects.toThrow(
    /^services\/payment\.yaml cannot be turned into types: /,
  );
});
