import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * The rooms of `src/` and what each may import. A room that is not named in another's list cannot be seen from it;
 * ARCHITECTURE.md draws the same picture.
 */
const rooms = {
  core: [],
  services: ['core'],
  workflows: ['core', 'services'],
  http: ['core'],
  activities: ['core', 'services', 'http'],
  'read-models': ['core'],
  project: ['core', 'services', 'events', 'correlations'],
  events: ['core', 'http'],
  runs: ['core'],
  correlations: ['core'],
  temporal: ['core'],
  workers: ['core', 'services', 'project', 'temporal', 'events', 'activities', 'workflows'],
  api: ['core', 'services', 'project', 'runs', 'correlations', 'temporal', 'events', 'workflows/messages.ts'],
  page: ['core', 'runs', 'correlations'],
  dev: ['core', 'services', 'project', 'temporal'],
  telemetry: ['core'],
  cli: ['core', 'services', 'project', 'runs', 'temporal', 'telemetry', 'workers', 'api', 'events', 'dev'],
};

/** Rooms that must be pure: they run in Temporal's sandbox, or are shared with code that does. */
const pureRooms = ['core', 'workflows', 'runs', 'correlations', 'read-models'];

const roomZones = Object.entries(rooms).map(([room, seen]) => ({
  target: `./src/${room}`,
  from: './src',
  except: [`./${room}`, './config.ts', ...seen.map((other) => `./${other}`)],
  message: `src/${room} may import only from: ${['itself', ...seen].join(', ')}.`,
}));

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.baton/', 'examples/*/generated/'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({ conditionNames: ['baton-source', 'import', 'node', 'default'] }),
      ],
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // Under `verbatimModuleSyntax` an import of inline types alone would still load its module.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 220, skipComments: true, skipBlankLines: true }],
      'max-params': ['error', 3],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: [
            ...roomZones,
            { target: './src', from: './examples', message: 'src knows no project.' },
            { target: './src', from: './test', message: 'src knows no test.' },
          ],
        },
      ],
    },
  },
  {
    files: pureRooms.map((room) => `src/${room}/**/*.ts`),
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*'], message: 'This room is pure.' }] },
      ],
      'no-restricted-globals': [
        'error',
        ...['process', 'Buffer', 'fetch', 'require', 'setInterval', 'performance', 'crypto'].map((name) => ({
          name,
          message: 'This room is pure: it may run in the workflow sandbox.',
        })),
      ],
    },
  },
  {
    files: ['src/core/**/*.ts', 'src/runs/**/*.ts', 'src/correlations/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take the time as an argument.' },
        { object: 'Math', property: 'random', message: 'Take the random number as an argument.' },
      ],
    },
  },
  {
    files: ['src/workflows/**/*.ts', 'examples/*/processes/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[importKind='value'][source.value=/activities/]",
          message: 'A workflow sees activities by `import type` only.',
        },
      ],
    },
  },
  { files: ['test/**/*.ts', 'bench/**/*.ts'], rules: { 'max-lines': ['error', { max: 400 }] } },
  { files: ['*.config.{js,ts}'], rules: { 'import-x/no-default-export': 'off' } },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
