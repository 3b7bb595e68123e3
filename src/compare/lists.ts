import { access } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../model/errors.js';
import type { Role } from '../model/role.js';

/** One file of the command line, and what its list is called. */
export interface List {
  readonly name: string;
  /** As it was typed. */
  readonly file: string;
  readonly role: Role;
}

/** As names of apps in a config: they become names of files, keys of reports and values of flags. */
const NAME = /^[^\s:,/\\\u0000-\u001f\u007f][^:,/\\\u0000-\u001f\u007f]{0,63}$/;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype', '<<']);
/** What stands behind the name of an export. */
const EXTENSIONS = /(?:\.(?:csv|tsv|txt|json|ndjson|jsonl|xlsx|xlsm))?(?:\.gz)?$/i;

/** The lists of a command line: the people first, then the apps. `FILE`, or `NAME=FILE`. @throws {UsageError} */
export async function listsOf(people: string, apps: readonly string[], cwd: string): Promise<readonly List[]> {
  const lists = [await listOf(people, 'person', cwd), ...(await Promise.all(apps.map((word) => listOf(word, 'account', cwd))))];
  for (const { name, file } of lists) {
    const other = lists.find((one) => one.name === name && one.file !== file) ?? lists.filter((one) => one.name === name)[1];
    if (other !== undefined)
      throw new UsageError(`two lists are called ${name}; call one of them by another name: ${name}-2=${other.file}`);
  }
  return lists;
}

async function listOf(word: string, role: Role, cwd: string): Promise<List> {
  const at = word.indexOf('=');
  // A file may have an = in its name, and is then meant.
  const isFile =
    at < 0 ||
    (await access(path.resolve(cwd, word)).then(
      () => true,
      () => false,
    ));
  const file = isFile ? word : word.slice(at + 1);
  if (file === '-' || file === '/dev/stdin')
    throw new UsageError('compare reads a file more than once, and standard input can be read once: write it into a file first');
  if (file === '') throw new UsageError(`${word}: the file is missing behind =`);
  if (/\$\{(?:env|file):/.test(file)) throw new UsageError(`${file}: a config takes this name for a reference; rename the file`);
  const name = isFile
    ? path
        .basename(file)
        .replace(EXTENSIONS, '')
        .replace(/[:,/\\\s\u0000-\u001f\u007f]+/g, '-')
        .slice(0, 64)
    : word.slice(0, at);
  if (!NAME.test(name) || FORBIDDEN.has(name))
    throw new UsageError(
      `${word}: ${isFile ? 'its name cannot be that of a list' : 'no name for a list'}; write NAME=${file}, with a name of up to 64 characters without : , / \\`,
    );
  return { name, file, role };
}
