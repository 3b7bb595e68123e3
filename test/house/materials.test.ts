// What is installed where an audit runs, and what the bill of materials names.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 60_000 });

const ROOT = path.resolve(import.meta.dirname, '../..');
interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly version?: string;
        readonly integrity?: string;
        readonly dev?: boolean;
        readonly devOptional?: boolean;
        readonly devDependencies?: object;
      }
    >
  >;
}
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const lock = read(path.join(ROOT, 'package-lock.json')) as Lock;
/** What runs: neither a tool nor the root. */
const runs = Object.entries(lock.packages)
  .filter(([place, { dev, devOptional }]) => place !== '' && dev !== true && devOptional !== true)
  .map(([place]) => place);

test('only what runs, and the compiler with its types, is left to install, each with its hash', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'lifegap-build-'));
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(path.join(ROOT, name), path.join(dir, name));
  execFileSync(process.execPath, [path.join(ROOT, '.ci/only-to-build.js'), dir]);
  const left = read(path.join(dir, 'package-lock.json')) as Lock;
  const places = Object.keys(left.packages).filter((place) => place !== '');
  expect(places.filter((place) => !runs.includes(place)).sort()).toEqual([
    'node_modules/@types/node',
    'node_modules/@types/papaparse',
    'node_modules/typescript',
    'node_modules/undici-types',
  ]);
  expect(places).toEqual(expect.arrayContaining(runs));
  for (const place of places) expect(left.packages[place]).toEqual(lock.packages[place]);
  expect(left.packages['']?.devDependencies).toEqual((read(path.join(dir, 'package.json')) as { devDependencies: object }).devDependencies);
  // Are the two in step? That is what `npm ci` looks at first.
  expect(execFileSync('npm', ['ci', '--dry-run', '--offline', '--ignore-scripts'], { cwd: dir, encoding: 'utf8' })).toContain(
    `added ${places.length} packages`,
  );
});

test('the bill of materials names everything that runs, and nothing else', () => {
  const bill = JSON.parse(execFileSync(process.execPath, [path.join(ROOT, '.ci/sbom.js')], { encoding: 'utf8' })) as {
    readonly bomFormat: string;
    readonly components: readonly { readonly name: string; readonly version: string }[];
  };
  expect(bill.bomFormat).toBe('CycloneDX');
  const named = (place: string): string => `${place.slice(place.lastIndexOf('node_modules/') + 13)}@${lock.packages[place]?.version ?? ''}`;
  expect([...new Set(bill.components.map(({ name, version }) => `${name}@${version}`))].sort()).toEqual(
    [...new Set(runs.map(named))].sort(),
  );
});

test('workflows use actions by commit', () => {
  const folder = path.join(ROOT, '.github/workflows');
  const used = readdirSync(folder).flatMap((name) =>
    [...readFileSync(path.join(folder, name), 'utf8').matchAll(/uses: (\S+)/g)].map(([, what]) => what),
  );
  expect(used.length).toBeGreaterThan(0);
  for (const what of used) expect(what).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
});
