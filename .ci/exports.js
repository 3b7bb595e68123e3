// The known exports, from one YAML file each, as what the program loads at a start of `compare`, and as their page of docs: `node .ci/exports.js` writes both.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const ROOT = path.join(import.meta.dirname, '..');
const FOLDER = path.join(ROOT, 'src/exports/known');

/** What stands in each file, by name; its name is that of the file. Fields of both roles stand beside the roles. */
export function knownExports() {
  return readdirSync(FOLDER)
    .sort()
    .map((file) => {
      const { fields, person, account, ...rest } = parse(readFileSync(path.join(FOLDER, file), 'utf8'));
      const reading = (own) => own && { ...own, fields: { ...fields, ...own.fields } };
      return { name: path.basename(file, '.yaml'), ...rest, person: reading(person), account: reading(account) };
    });
}

/** One line each: parsing the YAML at every start would take longer than a small audit. */
export function catalogue(known) {
  return [
    "import type { KnownExport } from './known-export.js';",
    '',
    '/** What stands in known/*.yaml, by name. Made by `npm run docs`; change the YAML. */',
    'export const KNOWN_EXPORTS: readonly KnownExport[] = [',
    ...known.map((one) => `  ${JSON.stringify(one)},`),
    '];',
    '',
  ].join('\n');
}

const ROLES = { person: 'people', account: 'accounts', either: 'both' };
const LEAVERS = { listed: 'listed', hidden: 'left out', gone: 'removed', unknown: 'not told' };
/** In the page's own words; what a verdict hangs on first. */
const UNVERIFIED = { header: 'names of columns', words: 'words of the status', dates: 'dates' };

/** docs/exports.md */
export function page(known) {
  const sure = (unverified) => !unverified.includes('header') && !unverified.includes('words');
  const lacks = (unverified) => unverified.map((what) => UNVERIFIED[what]).join(', ');
  const cell = (text) => text.replaceAll('|', '\\|');
  return `# Known exports

<!-- Made of src/exports/known by \`npm run docs\`. -->

lifegap knows these lists by their header, as they come out of an admin console: in any order of the columns, with more of them, and in any
letter case. Where a list has no such header, its columns are told one by one.

- **Of**: a list of people, of accounts, or of both: then it can be either side.
- **Leavers**: whoever left or was switched off is *listed*, *left out*, *removed* by the system, or it is *not told*.
- **Not found in public**: what no document and no program says of this export. Where the names of columns or the words of the status are
  among it, the reading is a proposal: you are asked to confirm it. Dates are then read [as everywhere](values.md#dates).

A word that stands nowhere in an export's table is unknown, and never fine. A first line that is no header is passed over: \`#TYPE …\` of Windows
PowerShell, \`version:v1.0\` of Entra's bulk operations.

| export | name | how to get it | of | leavers | not found in public |
|---|---|---|---|---|---|
${known.map(({ title, name, get, role, leavers, unverified }) => `| ${cell(title)} | \`${name}\` | ${cell(get)} | ${ROLES[role]} | ${LEAVERS[leavers]} | ${sure(unverified) ? lacks(unverified) || '-' : `**${lacks(unverified)}**`} |`).join('\n')}

## What each leaves open

${known.map(({ title, notes }) => `- **${title}**: ${notes.join('; ')}.`).join('\n')}

## Where it is from

With the day on which it was read; a page without one is where the vendor explains the export. A search on GitHub finds programs that read such a
file, header and all.

${known.map(({ name, sources }) => `- \`${name}\`: ${sources.map(({ url, checked }) => (checked === undefined ? `<${url}>` : `<${url}> (${checked})`)).join(', ')}`).join('\n')}
`;
}

if (process.argv[1] === import.meta.filename) {
  const known = knownExports();
  writeFileSync(path.join(ROOT, 'docs/exports.md'), page(known));
  writeFileSync(path.join(ROOT, 'src/exports/catalogue.ts'), catalogue(known));
}
