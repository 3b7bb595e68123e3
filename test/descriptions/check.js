// Holds a manifest against the description that its vendor gives of the API: an OpenAPI 3.x or Swagger 2.0 file (JSON or YAML), or a
// discovery document of Google.
//   npm run build && node test/descriptions/check.js src/connectors/box.yaml openapi.json [more files of the same vendor]
// One line for each thing that the two do not agree on. Exit code 0: none, 1: some, 2: a file cannot be read. Vendors' files stay out of
// this repository.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { visible } from '../../dist/http/server-text.js';
import { parseManifest } from '../../dist/manifest/form/parse.js';
import { planPasses } from '../../dist/manifest/list/plan.js';
import { layered } from '../../dist/manifest/form/request.js';
import { compare } from './compare.js';

const [file, ...descriptions] = process.argv.slice(2);

try {
  if (file === undefined || descriptions.length === 0) throw new Error('usage: node test/descriptions/check.js MANIFEST DESCRIPTION...');
  const manifest = parseManifest(readFileSync(file, 'utf8'), file);
  const findings = compare(manifest, descriptions.map(read), { planPasses, layered });
  for (const { what, where, text } of findings) console.log(visible(`${file}: ${what}: ${where}: ${text}`));
  if (findings.length > 0) process.exitCode = 1;
  else console.log(visible(`${file} agrees with ${descriptions.join(', ')}`));
} catch (error) {
  console.error(visible(error instanceof Error ? error.message : String(error)));
  process.exitCode = 2;
}

function read(name) {
  const text = readFileSync(name, 'utf8');
  return /^\s*\{/.test(text) ? JSON.parse(text) : parse(text, { maxAliasCount: -1 });
}
