/** Folders that compute and nothing else: rows in, verdicts or text out. */
const PURE = '^src/(match|diff|transitions|coverage|gate|report|filter)/';
/** What may touch disks, networks, processes and clocks. */
const EFFECTS =
  '^(fs|fs/promises|http|https|http2|net|tls|dgram|dns|dns/promises|child_process|cluster|worker_threads|process|readline|readline/promises|os)$';

/**
 * The arrows of the house. Data flows config -> pull -> match -> diff -> coverage -> gate -> report, `src/run.ts` strings the
 * steps together, and each rule says what to do instead of breaking it. test/house/arrows.test.ts proves that every one of
 * them can fail.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two modules that need each other share a third: move what both need into it, or pass it in as an argument.',
      from: {},
      // A cycle of types alone is no cycle when the program runs.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
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
      name: 'model-imports-nothing',
      severity: 'error',
      comment:
        'The model is nouns and tiny pure helpers: take what you need as an argument, or put the code into the folder of the step that uses it.',
      from: { path: '^src/model/' },
      to: { pathNot: ['^src/model/', '^(util|buffer|string_decoder|url)$'] },
    },
    {
      name: 'pure-no-effects',
      severity: 'error',
      comment: 'This step is pure, so that it can be tested and replayed: read in pull, write in cli, and pass the value in.',
      from: { path: PURE },
      to: { path: EFFECTS, dependencyTypes: ['core'] },
    },
    {
      name: 'pure-no-edges',
      severity: 'error',
      comment:
        'This step does not know where its values come from or go to: let src/run.ts pass them in (a type may be imported with `import type`).',
      from: { path: PURE },
      to: { path: '^src/(pull|config|cli|demo|disk)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'steps-point-down-the-pipeline',
      severity: 'error',
      comment:
        'No step before report knows how its result is shown: put the fact into the report value of src/model/report.ts and let report render it.',
      from: { path: '^src/(match|diff|transitions|coverage|gate|filter|pull|config)/' },
      to: { path: '^src/report/' },
    },
    {
      name: 'match-before-diff',
      severity: 'error',
      comment: 'What matches comes before what judges: move what they need from it into match or model.',
      from: { path: '^src/(match|filter)/' },
      to: { path: '^src/(diff|coverage|gate)/' },
    },
    {
      name: 'pull-never-judges',
      severity: 'error',
      comment:
        'Sources yield people, accounts and a proof, and what those mean is decided later: return the fact, and judge it in match, diff or coverage.',
      from: { path: '^src/pull/' },
      to: { path: '^src/(diff|match|coverage|gate)/' },
    },
    {
      name: 'only-cli-imports-cli',
      severity: 'error',
      comment: 'Commands are the outermost layer: take what you need as an argument, as the command passes it.',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'only-cli-and-demo-import-demo',
      severity: 'error',
      comment: 'The company of `lifegap demo` is no part of an audit: share code by moving it into the step that owns it.',
      from: { path: '^src/', pathNot: '^src/(cli|demo)/' },
      to: { path: '^src/demo/' },
    },
    {
      name: 'only-cli-imports-history',
      severity: 'error',
      comment:
        'The audit knows the past as values: use the types of src/model/past.ts and src/model/timeline.ts, and let cli pass the history in.',
      from: { path: '^src/', pathNot: '^src/(cli|history)/' },
      to: { path: '^src/history/' },
    },
    {
      name: 'only-cli-imports-evidence',
      severity: 'error',
      comment:
        'A pack stands around an audit, and no audit knows of it: give the audit other systems (AuditOptions.systems), as src/cli does.',
      from: { path: '^src/', pathNot: '^src/(cli|evidence)/' },
      to: { path: '^src/evidence/' },
    },
    {
      name: 'only-cli-imports-population',
      severity: 'error',
      comment:
        'An audit tells of every account through AuditOptions.census, a report reads the rows as values (src/model/population.ts), and a pack names rules in its words: let cli pass the population in.',
      from: { path: '^src/', pathNot: '^src/(cli|evidence|population)/' },
      to: { path: '^src/population/' },
    },
    {
      name: 'sqlite-in-history-only',
      severity: 'error',
      comment: 'One place opens the database, with its lock and its repair: use src/history/database.ts.',
      from: { path: '^(src|bin)/', pathNot: '^src/history/' },
      to: { path: '(^|/)node_modules/node-sqlite3-wasm/' },
    },
    {
      name: 'connectors-through-the-table',
      severity: 'error',
      comment: 'Connectors are opened by name through the table of src/pull/sources.ts: add a row there, and import that.',
      from: { path: '^src/', pathNot: ['^src/pull/sources\\.ts$', '^src/pull/(scim|ldap|file)/'] },
      to: { path: '^src/pull/(scim|ldap|file)/' },
    },
    {
      name: 'connectors-know-not-each-other',
      severity: 'error',
      comment: 'Each connector can be read and removed alone: move what two of them need up into src/pull.',
      from: { path: '^src/pull/(scim|ldap|file)/' },
      to: { path: '^src/pull/(scim|ldap|file)/', pathNot: '^src/pull/$1/' },
    },
    {
      name: 'axios-in-pull-http-only',
      severity: 'error',
      comment: 'One client bounds, retries and redacts every request: use src/pull/http/client.ts.',
      from: { pathNot: '^src/pull/http/' },
      to: { path: '(^|/)node_modules/(axios|https-proxy-agent)/' },
    },
    {
      name: 'ldapts-in-pull-ldap-only',
      severity: 'error',
      comment: 'One place speaks LDAP, with its limits and its TLS: use src/pull/ldap.',
      from: { pathNot: '^src/pull/ldap/' },
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
