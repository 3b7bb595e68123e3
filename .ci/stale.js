// Before the compiler goes on from its last build: what it wrote must be of the sources that are there, each of them and no other. Otherwise dist goes,
// and the build begins anew; a module whose source is gone would be packed with the others.
import { existsSync, readdirSync, rmSync } from 'node:fs';

const modules = (dir, ending) =>
  (existsSync(dir) ? readdirSync(dir, { recursive: true, encoding: 'utf8' }) : [])
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort()
    .join('\n');

if (!existsSync('dist/.tsbuildinfo') || modules('dist', '.js') !== modules('src', '.ts')) rmSync('dist', { recursive: true, force: true });
