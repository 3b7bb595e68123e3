import { expect, it } from 'vitest';
import { bad, config, folder, SECRET } from './run.js';

const FILE = '{ connector: file, path: crm.csv }';
const scim = (more: string): string => config(`{ connector: scim, url: "https://hub.example/scim/v2", ${more} }`);
const deep = `${'{ a: '.repeat(200)}1${' }'.repeat(200)}`;
const bomb = `a: &a [x, x]\n${'bcdefghijklmn'.split('').map((c, i) => `${c}: &${c} [*${'abcdefghijklmn'[i]}, *${'abcdefghijklmn'[i]}]`).join('\n')}\n`; // prettier-ignore

it.each<[string, string, number, RegExp]>([
  ['a wrong key', `${config(FILE)}polcy: {}\n`, 1, /polcy: unknown key\. Did you mean policy\?/],
  ['two mistakes', `${config('{ connector: file, path: crm.csv, expectd: x }')}polcy: {}\n`, 2, /expectd: unknown key/],
  ['a literal secret', scim(`token: ${SECRET}`), 1, /token: /],
  ['a variable that is not set', scim('token: "${env:NOT_SET}"'), 1, /NOT_SET/],
  ['a secret file that is not there', scim('token: "${file:nope.txt}"'), 1, /nope\.txt/],
  ['an alias bomb, whose keys are unknown as well', `${bomb}${config(FILE)}`, 15, /alias/],
  ['deep nesting', `${config(FILE)}policy: ${deep}\n`, 1, /deep|level|nest/i],
  ['__proto__', `${config(FILE)}__proto__: { admin: true }\n`, 1, /__proto__/],
  ['torn YAML', 'version: 1\napps: {', 1, /lifegap\.yaml:\d+/],
  ['an empty file', '', 1, /empty/],
  ['a filter on a misspelt attribute', config('{ connector: file, path: crm.csv, expected: "departmnt pr" }'), 1, /department/],
  ['an unknown connector', config('{ connector: fiel, path: crm.csv }'), 1, /Did you mean file\?/],
])('%s: exit 2, a line for each mistake, and nothing is read', async (_, yaml, mistakes, message) => {
  const dir = await folder({ 'lifegap.yaml': yaml });
  for (const command of ['audit', 'check']) {
    const ran = await bad(dir, [command], { TOKEN: SECRET });
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(message);
    const lines = ran.stderr.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^lifegap: /);
    expect(lines.length).toBeLessThanOrEqual(mistakes + 1);
  }
});

it('a config that is not there, or is a folder', async () => {
  const dir = await folder({});
  for (const file of ['nope.yaml', '.']) {
    const ran = await bad(dir, ['audit', '--config', file]);
    expect([ran.code, ran.stderr.split('\n').length]).toEqual([2, 2]);
  }
});
