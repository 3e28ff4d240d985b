import { beforeAll, describe, expect, test } from 'vitest';

import { generateTypes } from '../../src/project/generate-types.ts';
import { loadProject } from '../../src/project/load-project.ts';
import { compile } from './fixtures/compile.ts';
import { writeProject } from './fixtures/project-folder.ts';

const right = {
  'a whole request': `
    const { authorisationId } = await call(
      'payment.authorise',
      { path: { authorisationId: 'a' }, body: { amount: 1, card: 'c', note: 'n' } },
      { step: 'authorise payment', timeout: '3 s', retry: { maximumAttempts: null } },
    );
    export const answer: string = authorisationId;`,
  'optional fields left out': `
    await call('payment.authorise', { path: { authorisationId: 'a' }, body: { amount: 1, card: 'c' } });`,
  'an answer without a body': `
    export const answer: null = await call('payment.void', { path: { authorisationId: 'a' } });`,
  'a request with nothing in it': `
    export const answer: readonly number[] = await call('payment.ledger', {});`,
  'an optional query': `await call('payment.ledger', { query: { page: 2 } });`,
  'an input': `
    export const input: PayOrderInput = { lines: [{ sku: 'TEA' }] };
    export const limit: number | undefined = input.limit;`,
  'a decision': `export const decision: PayOrderApproval = { approved: true };`,
};

const wrong = {
  'a misspelt operation': {
    code: `await call('payment.authorize', { path: { authorisationId: 'a' }, body: { amount: 1, card: 'c' } });`,
    error: /"payment\.authorize"' is not assignable to parameter of type '"payment\.authorise"/,
  },
  'a misspelt field': {
    code: `await call('payment.authorise', { path: { authorisationId: 'a' }, body: { amont: 1, card: 'c' } });`,
    error: /'amont' does not exist/,
  },
  'a missing field': {
    code: `await call('payment.authorise', { path: { authorisationId: 'a' }, body: { amount: 1 } });`,
    error: /Property 'card' is missing/,
  },
  'a value of another type': {
    code: `await call('payment.authorise', { path: { authorisationId: 'a' }, body: { amount: '1', card: 'c' } });`,
    error: /'string' is not assignable to type 'number'/,
  },
  'a missing body': {
    code: `await call('payment.authorise', { path: { authorisationId: 'a' } });`,
    error: /Property 'body' is missing/,
  },
  'a misspelt path parameter': {
    code: `await call('payment.void', { path: { authorizationId: 'a' } });`,
    error: /'authorizationId' does not exist/,
  },
  'a misspelt member': {
    code: `await call('payment.ledger', { qeury: { page: 2 } });`,
    error: /'qeury' does not exist/,
  },
  'a body where none is taken': {
    code: `await call('payment.void', { path: { authorisationId: 'a' }, body: {} });`,
    error: /is not assignable to type 'undefined'|is not assignable to type 'never'/,
  },
  'a header that Baton sets': {
    code: `await call('payment.authorise', {
      path: { authorisationId: 'a' }, body: { amount: 1, card: 'c' }, headers: { 'Idempotency-Key': 'k' },
    });`,
    error: /is not assignable to type '(undefined|never)'/,
  },
  'a field that the answer does not have': {
    code: `export const { id } = await call('payment.authorise', { path: { authorisationId: 'a' }, body: { amount: 1, card: 'c' } });`,
    error: /Property 'id' does not exist/,
  },
  'a misspelt option': {
    code: `await call('payment.ledger', {}, { timout: '3 s' });`,
    error: /'timout' does not exist/,
  },
  'an input that lacks a field': {
    code: `export const input: PayOrderInput = { lines: [{}] };`,
    error: /Property 'sku' is missing/,
  },
};

function toFiles(snippets: Readonly<Record<string, string>>): Record<string, string> {
  const imports = `import { call, type PayOrderApproval, type PayOrderInput } from '../generated/baton.ts';
export type Used = [typeof call, PayOrderApproval, PayOrderInput];`;
  return Object.fromEntries(
    Object.entries(snippets).map(([name, code]) => [`processes/${name}.ts`, `${imports}\n${code}\n`]),
  );
}

describe('with the generated types', () => {
  let found: Record<string, string[]>;

  beforeAll(async () => {
    const dir = await writeProject();
    const generated = await generateTypes(await loadProject(dir, {}));
    const wrongSnippets = Object.fromEntries(Object.entries(wrong).map(([name, { code }]) => [name, code]));
    found = compile({ 'generated/baton.ts': generated, ...toFiles({ ...right, ...wrongSnippets }) });
  }, 60_000);

  test('the generated file itself compiles', () => {
    expect(found['generated/baton.ts']).toEqual([]);
  });

  test.each(Object.keys(right))('%s compiles', (name) => {
    expect(found[`processes/${name}.ts`]).toEqual([]);
  });

  test.each(Object.entries(wrong))('%s does not compile', (name, { error }) => {
    const errors = found[`processes/${name}.ts`];
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatch(error);
  });
});
