import { expect, it } from 'vitest';

import { describeGoLine } from '../../src/dev/go-install.ts';

it.each([
  [undefined, 'go is at work'],
  ['go: downloading google.golang.org/grpc v1.72.2', 'fetching google.golang.org/grpc v1.72.2'],
  ['google.golang.org/grpc/internal', 'compiling google.golang.org/grpc/internal'],
])('says of %j: %s', (line, said) => {
  expect(describeGoLine(line)).toBe(said);
});
