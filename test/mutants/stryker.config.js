// One folder of src with one small fault at a time, each of which a test must notice. `npm run mutants` runs them folder by folder.
//
// What is left of src/gate is mostly the same program: two entries of a baseline never have one id, so the order never meets equal keys; a limit that
// is not set is no number, and no number is greater; a set never holds the id that a question does not name; where a stage was reached, the list of
// unproven ones is not read.
//
// Of src/diff likewise: a loop that goes one row beyond the last sees a row of nobody; two accounts, domains or records that are ordered never have one key;
// what saves time alone (a look-up that is kept, a name that is not written down twice, a row of a large file that is judged the plain way) says the same
// when it is left out; and limits of fifty thousand roles, a hundred thousand managers or two hundred thousand people are beyond a test of milliseconds.
const folder = process.env.LIFEGAP_MUTANTS;

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutants/vitest.config.ts', related: false },
  mutate: [`src/${folder}/**/*.ts`],
  // A sentence is for people: its words may change, and the goldens of the scenarios hold them.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignoreStatic: true,
  concurrency: 1,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false, allowEmojis: false },
  jsonReporter: { fileName: `.stryker-tmp/${folder}.json` },
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['dist', 'docs/accuracy.md', 'test/bench/data'],
  incremental: true,
  incrementalFile: `.stryker-tmp/${folder}.incremental.json`,
  timeoutMS: 20_000,
  allowConsoleColors: false,
};
