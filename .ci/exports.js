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

if (process.argv[1] === import.meta.filename) {
  const known = knownExports();
  writeFileSync(path.join(ROOT, 'src/exports/catalogue.ts'), catalogue(known));
}
