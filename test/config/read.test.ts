// A key that nobody reads is a promise that nobody keeps: every key of the schema reaches the config, and every part of the config is read somewhere.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { jsonSchema } from '../../src/config/schema.js';
import { CONNECTOR_OPTIONS } from '../../src/config/sources.js';
import type { SourceContext } from '../../src/contract/system.js';
import type { SourceConfig } from '../../src/model/config.js';
import { Secret } from '../../src/model/secret.js';
import { fileOptions } from '../../src/sources/file/options.js';
import { ldapOptions } from '../../src/sources/ldap/options.js';
import { scimOptions } from '../../src/sources/scim/options.js';
import { NIGHT } from '../night.js';
import { load } from './files.js';

/** The format has it, and no version of lifegap looks at it yet (docs/config.md says so). */
const RESERVED = new Set(['config.apps[].probe', 'config.apps[].probe.allowed']);

const ROOT = path.resolve(import.meta.dirname, '../..');
const SRC = `${ROOT}/src/`;

/** The properties of `Config`, and of all that is in it, by their declaration: where they stand. */
function parts(checker: ts.TypeChecker, config: ts.Type): Map<ts.Declaration, string> {
  const found = new Map<ts.Declaration, string>();
  const seen = new Set<ts.Type>();
  const visit = (given: ts.Type, at: string): void => {
    for (const type of given.isUnionOrIntersection() ? given.types : [given]) {
      if (seen.has(type)) continue;
      seen.add(type);
      const item = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
      if (item !== undefined) visit(item, `${at}[]`);
      for (const property of item === undefined ? type.getProperties() : []) {
        const declaration = property.declarations?.[0];
        if (declaration?.getSourceFile().fileName.startsWith(`${SRC}model/`) === false) continue;
        const where = `${at}.${property.name}`;
        if (declaration !== undefined && ts.isPropertySignature(declaration) && !found.has(declaration)) found.set(declaration, where);
        visit(checker.getTypeOfSymbol(property), where);
      }
    }
  };
  visit(config, 'config');
  return found;
}

/** Takes out of `left` what this file reads: `x.name`, `x['name']`, `const { name } = x`. */
function strike(file: ts.SourceFile, checker: ts.TypeChecker, left: Map<ts.Declaration, string>): void {
  const isLeft = (name: string): boolean => [...left.values()].some((where) => where.endsWith(`.${name}`));
  const read = (symbol: ts.Symbol | undefined): void => symbol?.declarations?.forEach((declaration) => left.delete(declaration));
  const walk = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && isLeft(node.name.text)) read(checker.getSymbolAtLocation(node.name));
    else if (ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression)) {
      const { text } = node.argumentExpression;
      if (isLeft(text)) read(checker.getTypeAtLocation(node.expression).getProperty(text));
    } else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const name = node.propertyName ?? node.name;
      if (ts.isIdentifier(name) && isLeft(name.text)) read(checker.getTypeAtLocation(node.parent).getProperty(name.text));
    }
    ts.forEachChild(node, walk);
  };
  walk(file);
}

const readAt = (folder: string): string[] =>
  readdirSync(SRC + folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => `${SRC}${folder}${name}`); // prettier-ignore

/** By day: what the code of other rooms names. A part that nobody reads and that shares its name with something else is found by night. */
function strikeNamed(files: readonly string[], left: Map<ts.Declaration, string>): void {
  const words = new Set(files.flatMap((file) => readFileSync(file, 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*/g, '').match(/\w+/g) ?? [])); // prettier-ignore
  for (const [declaration, where] of left) if (words.has(where.slice(where.lastIndexOf('.') + 1))) left.delete(declaration);
}

it('every part of the config is read by code outside of src/config', { timeout: 120_000 }, () => {
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(`${ROOT}/tsconfig.json`, (file) => ts.sys.readFile(file)).config, ts.sys, ROOT); // prettier-ignore
  // Types of packages would take most of the time, and no part of the config is among them.
  const files = readAt(NIGHT ? '' : 'model/');
  const program = ts.createProgram(files, { ...options, noResolve: true, types: [], lib: ['lib.es2023.d.ts'] });
  const checker = program.getTypeChecker();
  const model = program.getSourceFile(`${SRC}model/config.ts`);
  const config = model?.statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === 'Config');
  if (config === undefined) throw new Error('model/config.ts has no Config');
  const left = parts(checker, checker.getTypeAtLocation(config));
  for (const where of ['config.policy.guard.shrink', 'config.apps[].lifecycle.create.by', 'config.accepted.entries[].owner'])
    expect([...left.values()]).toContain(where);
  const readers = readAt('').filter((file) => !file.startsWith(`${SRC}config/`));
  if (NIGHT) {
    for (const file of readers) strike(program.getSourceFile(file) as ts.SourceFile, checker, left);
    expect(new Set(left.values())).toEqual(RESERVED);
  } else {
    strikeNamed(
      readers.filter((file) => !file.startsWith(`${SRC}model/`)),
      left,
    );
    expect([...left.values()].filter((where) => !RESERVED.has(where))).toEqual([]);
  }
});

/** Every key that is no option of a connector, with a value that is not its default. */
const FULL = `version: 1
directory:
  - name: hr
    connector: file
    path: people.csv
    fields: { employeeId: number }
    state: { from: status }
    dates: dmy
  - { name: idp, connector: okta, org_url: https://corp.okta.example, token: "\${env:TOKEN}" }
apps:
  crm:
    connector: file
    path: crm.csv
    expected: state eq "leave"
    allowed: state eq "active"
    assigned: { directory: idp, app: a1 }
    match: [email]
    compare: [title]
    lifecycle:
      create: { by: none, system: okta, owner: it, control: weekly sweep, review_by: 2027-01-31 }
      update: { by: scim }
      delete: { by: jit }
    accounts: [{ match: userName sw "svc-", kind: service, owner: u1, review_by: 2027-01-31, reason: backups }]
    base_roles: [user]
    probe: { allowed: true }
    fields: { employeeId: number }
    status: { from: enabled }
    dates: mdy
    log:
      - connector: file
        path: crm.ndjson
        name: siem
        of: idp
        app: a1
        fields: { at: when }
        action: { from: event }
        outcome: { from: result }
        by: via
        dates: dmy
policy:
  grace: { create: 1h, update: 2h, delete: 3h }
  leavers: [leave]
  window: 30d
  guard: { shrink: 30%, unmatched: 60% }
  fail_on: [missing]
  sla: { critical: 1d, high: 2d, medium: 3d, low: 4d, info: 5d }
  accepted: accepted.yaml
  guests: allow
  prehire: report
  prehire_lead: 7d
  invitation: 1d
  addresses: { plus: [corp.example], dots: [corp.example], same: { old.example: corp.example } }
  coverage: { min_trials: 2, covered: 0.8, gap: 0.5, look_back: 200d }
history: { path: h.db, retain: 400d }
`;

type Tree = { [key: string]: unknown };
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** The paths of all keys, those of keys within keys too; of a table with free keys (fields, same) its own alone. */
function keysOf(tree: Tree, at: readonly string[] = []): string[][] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const inner =
      isTree(value) && !['fields', 'same', 'state', 'status', 'action', 'outcome'].includes(key) ? keysOf(value, [...at, key]) : [];
    return [...(Array.isArray(tree) ? [] : [[...at, key]]), ...inner];
  });
}

function without(tree: unknown, [key = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(tree)) return tree.map((item: unknown, i) => (String(i) === key ? without(item, rest) : item));
  if (!isTree(tree)) return tree;
  return Object.fromEntries(Object.entries(tree).flatMap(([name, value]) => (name !== key ? [[name, value]] : rest.length > 0 ? [[name, without(value, rest)]] : []))); // prettier-ignore
}

/** What a load makes of it; of a key that is required, that it is missed. */
async function outcome(tree: unknown): Promise<string> {
  try {
    const { path: file, sha256: _, ...config } = await load(stringify(tree), { env: { TOKEN: 'a secret of okta' } });
    const plain = JSON.stringify(config, (__, value: unknown) => (value instanceof Set || value instanceof Map ? [...value] : value));
    return plain.replaceAll(path.dirname(file), 'DIR').replaceAll(path.basename(path.dirname(file)), 'DIR');
  } catch (error) {
    return (error as Error).message;
  }
}

it('every key of the schema makes a difference to the config', { timeout: 60_000 }, async () => {
  const full = parse(FULL) as Tree;
  const keys = keysOf(full);
  const whole = await outcome(full);
  expect(whole).toContain('"shrink":0.3');
  for (const key of keys) expect([key.join('.'), await outcome(without(full, key))]).not.toEqual([key.join('.'), whole]);
  // And there are no others, but for those of a place, which stand wherever a field does.
  const named = new Set(keys.map((key) => key.at(-1)));
  const options = new Set(
    ['file', 'ldap', 'scim', 'sql', 'unix', 'http'].flatMap((name) => Object.keys(CONNECTOR_OPTIONS[name]?.shape ?? {})),
  );
  const all = propertiesOf(jsonSchema(new Set(['file', 'ldap', 'scim', 'sql', 'unix', 'http'])));
  expect([...all].filter((key) => !named.has(key) && !options.has(key)).sort()).toEqual([
    'absent',
    'const',
    'dated',
    'from',
    'map',
    'prefer',
  ]);
});

/** Names of all keys that the schema fixes, wherever they stand. */
function propertiesOf(schema: unknown, found = new Set<string>()): Set<string> {
  if (!isTree(schema)) return found;
  for (const [word, value] of Object.entries(schema)) {
    if (word === 'properties' && isTree(value)) Object.keys(value).forEach((key) => found.add(key));
    propertiesOf(value, found);
  }
  return found;
}

const CONTEXT: SourceContext = { redact: (text) => text, env: {}, pageConcurrency: 1 };
const VALUES = { path: 'a.csv', url: 'ldap://dc.corp.example', password: new Secret('a password') };

it.each([
  ['file', (config) => fileOptions(config)],
  ['ldap', (config) => ldapOptions(config, CONTEXT)],
  ['scim', (config) => scimOptions(config, CONTEXT)],
] as readonly (readonly [string, (config: SourceConfig) => unknown])[])('every option of %s is read', (connector, use) => {
  const read = new Set<string>();
  const options = new Proxy<Record<string, unknown>>(VALUES, {
    get: (values, key) => {
      read.add(String(key));
      return values[String(key)];
    },
  });
  use({ name: 'crm', connector, options, fields: {}, dir: '/' });
  expect([...read].sort()).toEqual(Object.keys(CONNECTOR_OPTIONS[connector]?.shape ?? {}).sort());
});

it('and so is every option that all manifests have', () => {
  const files = readdirSync(`${SRC}manifest`, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const code = [...files.map((name) => `${SRC}manifest/${name}`), `${SRC}config/manifests.ts`].map((file) => readFileSync(file, 'utf8')).join('\n'); // prettier-ignore
  for (const key of Object.keys(CONNECTOR_OPTIONS['http']?.shape ?? {})) expect(code).toMatch(new RegExp(`(options|parsed)\\.${key}\\b`));
});
