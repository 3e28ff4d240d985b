import { describe, expect, test } from 'vitest';

import { readSourceFile } from '../../src/services/source-file.ts';

const text = `# a comment
base: &base
  list:
    - first
    - name: second
copy: *base
a/b: 1
`;

describe('a fault in a file', () => {
  const file = readSourceFile('some.yaml', text);

  test.each([
    { path: [], place: '2:1', pointer: '' },
    { path: ['base', 'list'], place: '3:3', pointer: '/base/list' },
    { path: ['base', 'list', 1, 'name'], place: '5:7', pointer: '/base/list/1/name' },
    { path: ['copy', 'list', 0], place: '4:7', pointer: '/copy/list/0' },
    { path: ['a/b'], place: '7:1', pointer: '/a~1b' },
    { path: ['base', 'missing', 'deeper'], place: '2:1', pointer: '/base/missing/deeper' },
    { path: ['base', 'list', 7], place: '3:3', pointer: '/base/list/7' },
  ])('at $pointer is at line and column $place', ({ path, place, pointer }) => {
    const message = [`some.yaml:${place}`, pointer, 'is wrong'].filter((part) => part !== '').join(' ');
    expect(file.fault(path, 'is wrong')).toEqual({ pointer, message });
  });
});

test('an alias of nothing is a fault of the file', () => {
  const { faults } = readSourceFile('some.yaml', 'a: *nothing');
  expect(faults).toEqual([
    { pointer: '', message: expect.stringMatching(/^some\.yaml.* is not valid YAML: .*nothing/) as string },
  ]);
});

test('aliases that blow a document up are refused, not expanded', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 8; level++) {
    const items = Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ');
    lines.push(`a${level}: &a${level} [${items}]`);
  }
  const { faults, value } = readSourceFile('bomb.yaml', lines.join('\n'));
  expect(value).toBeUndefined();
  expect(faults).toHaveLength(1);
});
