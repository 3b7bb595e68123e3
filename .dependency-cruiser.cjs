const { ROOMS } = require('./.ci/rooms.cjs');

const folder = (names) => `^src/(${names.join('|')})/`;
const PURE = folder(ROOMS.filter(({ isPure }) => isPure).map(({ name }) => name));
/** What may touch disks, networks, processes and clocks. */
const EFFECTS =
  '^(fs|fs/promises|http|https|http2|net|tls|dgram|dns|dns/promises|child_process|cluster|worker_threads|process|readline|readline/promises|os)$';

/** One fence for each row of the table. */
const fences = ROOMS.map(({ name, mayImport }) => ({
  name: `${name}-imports-what-it-may`,
  severity: 'error',
  comment: `CONTRIBUTING.md has what ${name} may import: take the value as an argument, or move what both need into a room below.`,
  from: { path: folder([name]) },
  to: { path: '^src/', pathNot: folder([name, ...mayImport]) },
}));

/**
 * The arrows of the house: those between the rooms are made of the table of CONTRIBUTING.md, the rest is here. Each rule says what to do instead of breaking
 * it; test/house/arrows.test.ts proves that every one of them can fail.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    ...fences,
    {
      name: 'every-file-in-a-room',
      severity: 'error',
      comment:
        'Nothing lies loose in src: put the file into the room of the step that uses it, or give CONTRIBUTING.md a row for a new room.',
      from: { path: '^src/', pathNot: folder(ROOMS.map(({ name }) => name)) },
      to: {},
    },
    {
      name: 'no-cycles',
      severity: 'error',
      // A circle of types is none when the program runs, but nobody can read either file alone.
      comment: 'Two modules that need each other share a third: move what both need into it, or pass it in as an argument.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      comment: 'This import leads nowhere: correct the path, or add the package to package.json.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-dependency-in-src',
      severity: 'error',
      comment: 'What src imports is installed with lifegap: move the package from devDependencies to dependencies, or do without.',
      from: { path: '^(src|bin)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'model-imports-no-package',
      severity: 'error',
      comment:
        'The model is nouns and tiny pure helpers: take what you need as an argument, or put the code into the room of the step that uses it.',
      from: { path: '^src/model/' },
      to: { pathNot: ['^src/', '^(util|buffer|string_decoder|url)$'] },
    },
    {
      name: 'pure-no-effects',
      severity: 'error',
      comment: 'This step is pure, so that it can be tested and replayed: read in pull, write in cli, and pass the value in.',
      from: { path: PURE },
      to: { path: EFFECTS, dependencyTypes: ['core'] },
    },
    {
      name: 'sqlite-in-history-only',
      severity: 'error',
      comment: 'One place opens the database, with its lock and its repair: use src/history/database.ts.',
      from: { path: '^(src|bin)/', pathNot: '^src/(history|sources/sql)/' },
      to: { path: '(^|/)node_modules/node-sqlite3-wasm/' },
    },
    {
      name: 'what-is-judged-is-only-read',
      severity: 'error',
      comment:
        'Verdicts are made in one place: audit hands the accounts to src/diff/judge.ts, everybody else reads the AppDiff that comes of it.',
      from: { path: '^src/', pathNot: '^src/(audit|diff)/' },
      to: { path: '^src/diff/(judge|docket|by-column|account/|settle/)' },
    },
    {
      name: 'connectors-through-the-table',
      severity: 'error',
      comment: 'Connectors are opened by name through the table of src/sources/registry.ts: add a row there, and import that.',
      from: { path: '^src/', pathNot: ['^src/sources/'] },
      to: { path: '^src/sources/[a-z]+/' },
    },
    {
      name: 'connectors-know-not-each-other',
      severity: 'error',
      comment: 'Each connector can be read and removed alone: move what two of them need into mapping, http or contract.',
      from: { path: '^src/sources/([a-z]+)/', pathNot: '^src/sources/sql/' },
      to: { path: '^src/sources/[a-z]+/', pathNot: '^src/sources/$1/' },
    },
    {
      name: 'sql-reads-tables-as-file-does',
      severity: 'error',
      comment:
        'The rows of a query are a table like that of a file: read them as src/sources/file does, and take nothing of another connector.',
      from: { path: '^src/sources/sql/' },
      to: { path: '^src/sources/[a-z]+/', pathNot: '^src/sources/(sql|file)/' },
    },
    {
      name: 'axios-in-http-only',
      severity: 'error',
      comment: 'One client bounds, retries and redacts every request: use src/http/client.ts.',
      from: { pathNot: '^src/http/' },
      to: { path: '(^|/)node_modules/(axios|https-proxy-agent)/' },
    },
    {
      name: 'ldapts-in-ldap-only',
      severity: 'error',
      comment: 'One place speaks LDAP, with its limits and its TLS: use src/sources/ldap.',
      from: { pathNot: '^src/sources/ldap/' },
      to: { path: '(^|/)node_modules/ldapts/' },
    },
    {
      name: 'colour-and-tables-in-report-and-cli-only',
      severity: 'error',
      comment: 'Only report and cli decide how something looks: return the value, and let them print it.',
      from: { pathNot: '^src/(report|cli)/' },
      to: { path: '(^|/)node_modules/(chalk|cli-table3)/' },
    },
    {
      name: 'commander-in-cli-only',
      severity: 'error',
      comment: 'Only cli knows flags: take the option as an argument.',
      from: { pathNot: '^src/cli/' },
      to: { path: '(^|/)node_modules/commander/' },
    },
    {
      name: 'src-never-imports-test',
      severity: 'error',
      comment: 'Tests are not shipped: move what src needs into src.',
      from: { path: '^(src|bin)/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Types vanish when compiled, but an arrow drawn by a type is an arrow too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
