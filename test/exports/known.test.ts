import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { KNOWN_EXPORTS } from '../../src/exports/catalogue.js';
import { isSure, type KnownExport } from '../../src/exports/known-export.js';
import { readingOf } from '../../src/exports/reading.js';
import { recognise } from '../../src/exports/recognise.js';
import { pathsOf } from '../../src/model/places.js';
import { startOf } from '../../src/sources/file/csv-header.js';
import { form } from './form.js';
import { columnsIn, FIXTURES, fixtureOf, fixturesBeside, readAs, rolesOf } from './read-fixture.js';

const ROOT = path.join(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, 'src/exports/known');
const TODAY = new Date().toISOString().slice(0, 10);
const each = KNOWN_EXPORTS.map((known) => [known.name, known] as const);

/** What compiles the YAML. */
interface Made {
  readonly knownExports: () => readonly KnownExport[];
  readonly catalogue: (known: readonly KnownExport[]) => string;
  readonly page: (known: readonly KnownExport[]) => string;
}

describe('src/exports/known', () => {
  it.each(readdirSync(FOLDER))('%s has the form', (file) => {
    const parsed = form.safeParse(parse(readFileSync(path.join(FOLDER, file), 'utf8')));
    expect(parsed.error?.issues ?? []).toEqual([]);
  });

  it('is what is compiled, and what docs/exports.md says: `npm run docs` writes both', async () => {
    const made = (await import(path.join(ROOT, '.ci/exports.js'))) as Made;
    const known = made.knownExports();
    expect(readFileSync(path.join(ROOT, 'src/exports/catalogue.ts'), 'utf8')).toBe(made.catalogue(known));
    expect(readFileSync(path.join(ROOT, 'docs/exports.md'), 'utf8')).toBe(made.page(known));
  });

  it('has a fixture each, and no fixture without one', () => {
    expect(fixturesBeside(KNOWN_EXPORTS.map(({ name }) => name))).toEqual([]);
  });

  it.each(each)('%s has a reading for its role, and a source of a day that has been', (_, known) => {
    expect([known.person !== undefined, known.account !== undefined]).toEqual(
      known.role === 'either' ? [true, true] : [known.role === 'person', known.role === 'account'],
    );
    const days = known.sources.flatMap(({ checked }) => checked ?? []);
    expect(days.filter((day) => day > TODAY)).toEqual([]);
    // What is believed was read somewhere.
    if (isSure(known)) expect(days).not.toEqual([]);
  });

  it.each(each)('%s knows by its header what a verdict hangs on', (_, known) => {
    const { all, any = [] } = known.header;
    for (const role of rolesOf(known)) {
      const reading = known[role];
      const decides = pathsOf(role === 'person' ? reading?.state : reading?.status);
      // One of its places at least must be there, or the export would be read without it.
      expect(decides.length === 0 || decides.some((column) => all.includes(column) || any.includes(column))).toBe(true);
    }
  });
});

describe('a known export', () => {
  it.each(each)('%s is recognised, in any order and letter case, with more columns and a byte order mark', (name, known) => {
    const columns = columnsIn(fixtureOf(name));
    const { all, any = [] } = known.header;
    const least = [...all, ...any.slice(0, 1)];
    const shapes: [string, string[]][] = [
      ['as it comes', columns],
      ['turned around', columns.toReversed()],
      ['in capitals', columns.map((column) => column.toUpperCase())],
      ['with spaces', columns.map((column) => ` ${column} `)],
      ['with a byte order mark', columns.map((column, i) => (i === 0 ? `\ufeff${column}` : column))],
      ['with more columns', [...columns, 'Notes', 'Cost Centre 2']],
      ['with no more than it must have', least],
    ];
    for (const [shape, header] of shapes)
      for (const role of rolesOf(known)) expect([shape, role, recognise(header, role)?.name]).toEqual([shape, role, name]);
  });

  it.each(each)('%s is no other one, in either role', (name, known) => {
    const columns = columnsIn(fixtureOf(name));
    for (const role of ['person', 'account'] as const)
      expect(recognise(columns, role)?.name).toBe(rolesOf(known).includes(role) ? name : undefined);
  });

  it.each(each)('%s is not recognised without a column that it must have', (name, known) => {
    const columns = columnsIn(fixtureOf(name));
    for (const lacking of known.header.all) {
      const rest = columns.filter((column) => column.toLowerCase() !== lacking.toLowerCase());
      for (const role of rolesOf(known)) expect([lacking, recognise(rest, role)?.name]).not.toEqual([lacking, name]);
    }
  });

  it.each(each)('%s reads its fixture as it should', async (name, known) => {
    const file = fixtureOf(name);
    const read = Object.fromEntries(
      await Promise.all(rolesOf(known).map(async (role) => [role, await readAs(role, file, known)] as const)),
    );
    const golden = path.join(FIXTURES, `${name}.rows.json`);
    if (process.env['LIFEGAP_UPDATE_GOLDEN'] === '1') writeFileSync(golden, `${JSON.stringify(read, null, 2)}\n`);
    expect(read).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
  });

  it.each(each)('%s reads the same with its columns in capitals', async (name, known) => {
    const file = fixtureOf(name);
    if (file.endsWith('.json')) return;
    const text = readFileSync(file, 'utf8');
    const { skip } = startOf(text);
    const end = text.indexOf('\n', skip);
    const written = text.slice(0, skip) + text.slice(skip, end).toUpperCase() + text.slice(end);
    const dir = mkdtempSync(path.join(tmpdir(), 'lifegap-export-'));
    const copy = path.join(dir, path.basename(file));
    writeFileSync(copy, written);
    for (const role of rolesOf(known)) {
      const [{ rows }, plain] = await Promise.all([readAs(role, copy, known), readAs(role, file, known)]);
      expect(rows).toEqual(plain.rows);
    }
  });
});

describe('recognise', () => {
  const known = (name: string, all: string[], more: Partial<KnownExport['header']> = {}): KnownExport => ({
    ...(KNOWN_EXPORTS[0] as KnownExport),
    name,
    role: 'account',
    header: { all, ...more },
  });

  it('takes the one that asks for most', () => {
    const exports = [known('few', ['id', 'email']), known('more', ['id', 'email', 'seat'])];
    expect(recognise(['id', 'email', 'seat'], 'account', exports)?.name).toBe('more');
    expect(recognise(['id', 'email', 'site'], 'account', exports)?.name).toBe('few');
  });

  it('takes none of two that ask for as much', () => {
    expect(recognise(['id', 'a', 'b'], 'account', [known('a', ['id', 'a']), known('b', ['id', 'b'])])).toBeUndefined();
  });

  it('knows an export by either of two columns', () => {
    const rest = ['Status', 'First Name', 'Hire Date', 'Work Email'];
    for (const one of ['Last name, First name', 'Employee #']) expect(recognise([one, ...rest], 'person')?.name).toBe('bamboohr-employees');
    expect(recognise(rest, 'person')).toBeUndefined();
  });

  it('takes none with a column that it must not have, or for another role', () => {
    const exports = [known('live', ['id', 'email'], { none: ['deleted_on'] })];
    expect(recognise(['id', 'email', 'DELETED_ON'], 'account', exports)).toBeUndefined();
    expect(recognise(['id', 'email'], 'person', exports)).toBeUndefined();
    expect(recognise([], 'account', exports)).toBeUndefined();
  });
});

describe('isSure', () => {
  it('is of exports whose columns and words are known; dates show themselves', () => {
    const one = KNOWN_EXPORTS[0] as KnownExport;
    expect([[], ['dates'], ['header'], ['words', 'dates']].map((unverified) => isSure({ ...one, unverified } as KnownExport))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(KNOWN_EXPORTS.filter(isSure).length).toBeGreaterThan(20);
  });
});

describe('readingOf', () => {
  const atlassian = KNOWN_EXPORTS.find(({ name }) => name === 'atlassian-users') as KnownExport;

  it('leaves out what the file has no column for', () => {
    const least = readingOf(atlassian, 'account', ['User id', 'User name', 'EMAIL', 'User status', 'Added to org']);
    expect(least?.fields).toEqual({
      id: 'User id',
      userName: 'EMAIL',
      emails: 'EMAIL',
      displayName: 'User name',
      createdAt: 'Added to org',
    });
    expect(readingOf(atlassian, 'person', ['User id'])).toBeUndefined();
  });

  it('takes a column by its beginning where one alone has it', () => {
    const lastLogin = (...columns: string[]): unknown => readingOf(atlassian, 'account', columns)?.fields['lastLoginAt'];
    const map = { 'Never accessed': 'never' };
    expect(lastLogin('Last seen in Jira - corp')).toEqual({ from: 'Last seen in Jira - corp', map });
    expect(lastLogin('Last seen in Jira - corp', 'Last seen in Confluence - corp')).toBeUndefined();
  });
});
