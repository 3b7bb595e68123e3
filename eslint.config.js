import { defineConfig } from 'eslint/config';
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';
import rooms from './.ci/rooms.cjs';

/** Rooms that compute and nothing else. Their imports are held by .dependency-cruiser.cjs, what they may name by the rules here. */
const PURE = rooms.ROOMS.filter(({ isPure }) => isPure).map(({ name }) => `src/${name}/**/*.ts`);

const TIME = 'Time comes in as a value (asOf), so that an audit can be replayed: take it as an argument.';
const CHANCE = 'Equal input gives equal output: derive it from the input, or take it as an argument.';
const SURROUNDINGS = 'A pure step does not look around: take the value as an argument.';
const MEANING = 'A sentence is for people: give what it says a field or a kind of its own (model/completeness.ts), and ask that.';
/** Looking for a piece of prose in a text, and looking through the sentences of a report. */
const SEARCHED = [
  'CallExpression[callee.property.name=/^(includes|startsWith|endsWith|indexOf|lastIndexOf|search|match|matchAll)$/] > Literal[value=/[A-Za-z,]\\x20[A-Za-z]/]',
  'CallExpression[callee.property.name=/^(match|matchAll|search)$/] > Literal[regex.pattern=/[a-z]\\x20[a-z]/]',
  'CallExpression[callee.object.regex.pattern=/[a-z]\\x20[(]?[a-z]/][callee.property.name=/^(test|exec)$/]',
  'CallExpression[callee.object.property.name=/^(reasons|remarks|hints|traces)$/][callee.property.name=/^(some|every|find|findLast|findIndex|includes|indexOf|filter)$/]',
  'CallExpression[callee.object.name=/^(reasons|remarks|hints|traces)$/][callee.property.name=/^(some|every|find|findLast|findIndex|includes|indexOf|filter)$/]',
].map((selector) => ({ selector, message: MEANING }));
const STREAMS = 'Only src/cli writes to streams and sets exit codes: return the value, or call the callback you are given.';

export default defineConfig(
  { ignores: ['dist/', 'coverage/', '.stryker-tmp/', 'fixtures/', 'test/bench/data/', 'test/bench/node_modules/'] },
  eslint.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // The contracts are objects of closures; `this` occurs in a handful of classes whose methods are not handed around.
      '@typescript-eslint/unbound-method': 'off',
      // Escaping control characters is this tool's trade.
      'no-control-regex': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // A contract asks for a promise even where this implementation has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      'no-implicit-coercion': 'error',
    },
  },
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'no-loss-of-precision': 'off' } },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 300 }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...SEARCHED],
    },
  },
  {
    // Of the forms that a value may have, zod says which was meant in its messages alone.
    files: ['src/yaml/explain.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'stdout', message: STREAMS },
        { object: 'process', property: 'stderr', message: STREAMS },
        { object: 'process', property: 'exit', message: STREAMS },
        { object: 'process', property: 'exitCode', message: STREAMS },
      ],
    },
  },
  {
    files: PURE,
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'performance', 'navigator'].map((name) => ({
          name,
          message: SURROUNDINGS,
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: TIME },
        { object: 'Math', property: 'random', message: CHANCE },
        { object: 'crypto', property: 'randomUUID', message: CHANCE },
      ],
      'no-restricted-syntax': [
        'error',
        ...SEARCHED,
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: TIME },
        { selector: 'CallExpression[callee.name="Date"]', message: TIME },
        {
          selector: 'CallExpression[callee.property.name=/^(toLocale|localeCompare)/]',
          message: 'A locale differs from machine to machine: compare code units, print ISO 8601.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    ignores: ['test/property.ts'],
    rules: {
      'no-restricted-imports': ['error', { name: 'fast-check', message: 'Import it from test/property.ts, which says what is drawn.' }],
    },
  },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        performance: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
  {
    // Classic scripts of the HTML report, one after another in one page: tsconfig.page.json checks their names and types.
    files: ['src/report/html/page/*.js'],
    languageOptions: { sourceType: 'script' },
    rules: { 'no-undef': 'off', 'no-unused-vars': 'off', 'no-redeclare': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { module: 'writable', require: 'readonly', __dirname: 'readonly' } },
  },
);
