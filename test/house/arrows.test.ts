import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult, type IConfiguration } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const config = createRequire(import.meta.url)(path.join(ROOT, '.dependency-cruiser.cjs')) as IConfiguration;
const rules = (config.forbidden ?? []).map((rule) => ({ name: rule.name ?? '', comment: rule.comment ?? '' }));

/** Per rule, files that break it (`from -> to`), in a house of their own. */
const OFFENCES: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>> = {
  'no-cycles': [['src/pull/narcissus.ts', './narcissus.js']],
  'no-unresolved': [['src/pull/lost.ts', './nowhere.js']],
  'no-dev-dependency-in-src': [['src/pull/dev.ts', 'vitest']],
  'model-imports-nothing': [
    ['src/model/reads.ts', 'node:fs'],
    ['src/model/looks-up.ts', '../match/match.js'],
    ['src/model/validates.ts', 'zod'],
  ],
  'pure-no-effects': ['match', 'diff', 'transitions', 'coverage', 'gate', 'report', 'filter'].map((folder) => [
    `src/${folder}/reads.ts`,
    'node:fs/promises',
  ]),
  'pure-no-edges': [
    ['src/diff/pulls.ts', '../pull/source.js'],
    ['src/report/configured.ts', '../config/load.js'],
    ['src/diff/stores.ts', '../disk/spool.js'],
  ],
  'steps-point-down-the-pipeline': [['src/gate/prints.ts', '../report/json.js']],
  'match-before-diff': [['src/match/judges.ts', '../diff/table.js']],
  'pull-never-judges': [['src/pull/judges.ts', '../diff/table.js']],
  'only-cli-imports-cli': [['src/config/asks.ts', '../cli/main.js']],
  'only-cli-and-demo-import-demo': [['src/pull/plays.ts', '../demo/company.js']],
  'only-cli-imports-history': [
    ['src/coverage/remembers.ts', '../history/history.js'],
    ['src/remembers.ts', './history/history.js'],
  ],
  'only-cli-imports-evidence': [['src/pull/packs.ts', '../evidence/pack.js']],
  'only-cli-imports-population': [
    ['src/report/lists.ts', '../population/kept-population.js'],
    ['src/lists.ts', './population/kept-population.js'],
  ],
  'sqlite-in-history-only': [['src/cli/queries.ts', 'node-sqlite3-wasm']],
  'connectors-through-the-table': [['src/pull/shortcut.ts', './scim/source.js']],
  'connectors-know-not-each-other': [['src/pull/ldap/borrows.ts', '../scim/source.js']],
  'axios-in-pull-http-only': [['src/pull/scim/fetches.ts', 'axios']],
  'ldapts-in-pull-ldap-only': [['src/pull/http/binds.ts', 'ldapts']],
  'colour-and-tables-in-report-and-cli-only': [
    ['src/diff/paints.ts', 'chalk'],
    ['src/gate/draws.ts', 'cli-table3'],
  ],
  'commander-in-cli-only': [['src/config/parses.ts', 'commander']],
  'src-never-imports-test': [['src/pull/tested.ts', '../../test/build.js']],
};

/** Arrows that look much like an offence and are right. */
const ALLOWED: readonly (readonly [from: string, to: string])[] = [
  ['src/model/shows.ts', 'node:util'],
  ['src/match/folds.ts', '../model/nouns.js'],
  ['src/diff/matches.ts', '../match/match.js'],
  ['src/report/colours.ts', 'chalk'],
  ['src/pull/sources.ts', './scim/source.js'],
  ['src/pull/http/speaks.ts', 'axios'],
  ['src/pull/ldap/speaks.ts', 'ldapts'],
  ['src/pull/scim/asks.ts', '../http/speaks.js'],
  ['src/cli/demonstrates.ts', '../demo/company.js'],
  ['src/cli/parses.ts', 'commander'],
  ['src/cli/recalls.ts', '../history/history.js'],
  ['src/cli/packs.ts', '../evidence/pack.js'],
  ['src/cli/lists.ts', '../population/kept-population.js'],
  ['src/evidence/names.ts', '../population/kept-population.js'],
  ['src/history/stores.ts', 'node-sqlite3-wasm'],
  ['src/strings-together.ts', './diff/table.js'],
];

/** What the arrows lead to. */
const HOUSE = [
  'src/model/nouns.ts', 'src/match/match.ts', 'src/diff/table.ts', 'src/pull/source.ts', 'src/pull/scim/source.ts',
  'src/config/load.ts', 'src/report/json.ts', 'src/cli/main.ts', 'src/demo/company.ts', 'src/history/history.ts', 'src/evidence/pack.ts', 'src/disk/spool.ts',
  'src/population/kept-population.ts', 'test/build.ts',
]; // prettier-ignore

let house: string;
let found: readonly { rule: string; from: string; to: string }[];

beforeAll(async () => {
  house = await mkdtemp(path.join(tmpdir(), 'lifegap-house-'));
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(house, file)), { recursive: true });
    await writeFile(path.join(house, file), text);
  };
  for (const file of HOUSE) await write(file, 'export const here = true;\n');
  for (const [from, to] of [...Object.values(OFFENCES).flat(), ...ALLOWED])
    await write(from, `import * as other from '${to}';\nexport { other };\n`);
  for (const file of ['package.json', 'tsconfig.json']) await symlink(path.join(ROOT, file), path.join(house, file));
  await symlink(path.join(ROOT, 'node_modules'), path.join(house, 'node_modules'));
  found = await violations(house);
});

afterAll(() => rm(house, { recursive: true, force: true }));

async function violations(baseDir: string): Promise<{ rule: string; from: string; to: string }[]> {
  const { enhancedResolveOptions, ...options } = config.options ?? {};
  const cruiseOptions: ICruiseOptions = { ...options, baseDir, validate: true, ruleSet: { forbidden: config.forbidden ?? [] } };
  const { output } = await cruise(['src'], cruiseOptions, enhancedResolveOptions);
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

describe('the arrows', () => {
  it.each(rules)('$name fires, and says what to do instead', ({ name, comment }) => {
    expect(comment).toMatch(/^[A-Z].*: .*\.$/);
    const offences = OFFENCES[name] ?? [];
    expect(offences.length).toBeGreaterThan(0);
    for (const [from] of offences)
      expect(found.filter((violation) => violation.rule === name).map((violation) => violation.from)).toContain(from);
  });

  it('have no offence left over from a rule that is gone', () => {
    expect(Object.keys(OFFENCES).sort()).toEqual(rules.map((rule) => rule.name).sort());
  });

  it('let pass what is right', () => {
    const right = new Set(ALLOWED.map(([from]) => from));
    expect(found.filter((violation) => right.has(violation.from))).toEqual([]);
  });

  it('let a pure step import a type from pull', async () => {
    const file = path.join(house, 'src/diff/types-only.ts');
    await writeFile(file, "import type { here } from '../pull/source.js';\nexport type Here = typeof here;\n");
    expect((await violations(house)).filter((violation) => violation.from === 'src/diff/types-only.ts')).toEqual([]);
  });
});
