// Leaves in package.json and its lock file what runs and what the compiler needs, so that `npm ci` installs nothing else: hundreds of packages that
// test and lint have no business on the machine that holds the credentials of an audit. For a checkout that is thrown away; `only-to-build.js DIR`.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const TO_BUILD = /^(?:typescript|@types\/.+)$/;
const dir = process.argv[2] ?? '.';
const [packageFile, lockFile] = ['package.json', 'package-lock.json'].map((name) => path.join(dir, name));
const manifest = JSON.parse(readFileSync(packageFile, 'utf8'));
const lock = JSON.parse(readFileSync(lockFile, 'utf8'));

manifest.devDependencies = Object.fromEntries(Object.entries(manifest.devDependencies).filter(([name]) => TO_BUILD.test(name)));
const { packages } = lock;
packages[''].devDependencies = manifest.devDependencies;

/** Where Node finds `name` from inside the package at `from`. */
function placeOf(name, from) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules') - 1))) {
    const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[place] !== undefined) return place;
    if (at === '') return undefined;
  }
}

const needed = new Set(['']);
for (const from of needed) {
  const { dependencies = {}, optionalDependencies = {}, devDependencies = {}, peerDependencies = {} } = packages[from];
  // Drivers of databases are optional peers of lifegap itself: whoever reads one installs it.
  const peers = from === '' ? {} : peerDependencies;
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies, ...peers })) {
    const place = placeOf(name, from);
    if (place !== undefined) needed.add(place);
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).filter(([place]) => needed.has(place)));

for (const [file, value] of [[packageFile, manifest], [lockFile, lock]]) writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`); // prettier-ignore
