// `npm test` has just built dist: its tests take the program from there. Node loads it as it loads the packed tool, nothing is translated again, and a
// worker has one copy, which runs warm, also for the tests that call the command line. A test run by hand takes src as it stands, without a build.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vitest/config';

const SRC = path.resolve(import.meta.dirname, '../src');
const DIST = path.resolve(import.meta.dirname, '../dist');

const compiled: Plugin = {
  name: 'compiled',
  enforce: 'pre',
  resolveId(id, importer) {
    if (importer === undefined || !id.startsWith('.')) return undefined;
    const place = path.relative(SRC, path.resolve(path.dirname(importer), id));
    const module = path.join(DIST, place);
    // The script of the HTML report lies in src alone.
    return place.startsWith('..') || !existsSync(module) ? undefined : { id: module, external: true };
  },
};

export const PROGRAM: readonly Plugin[] = process.env['LIFEGAP_COMPILED'] === '1' ? [compiled] : [];
