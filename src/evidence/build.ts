import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** This program's code, and the code of the HTML page, which ships as it is written. Sources and compiled code stand equally deep. */
const FOLDERS = ['../', '../../src/report/html/page/'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));

let known: Promise<string> | undefined;

/** A hash over the code that runs: two builds of one version may render another page. 64 hexadecimal digits. */
export function buildHash(): Promise<string> {
  return (known ??= hashOf(FOLDERS));
}

/** By names and contents, in an order of its own: it is the same wherever the program is installed. */
export async function hashOf(folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isFile() && /\.(?:js|ts|css)$/.test(entry.name))
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
    const files = await Promise.all(names.sort().map(async (name) => [name, await readFile(path.join(folder, name))] as const));
    for (const [name, bytes] of files) hash.update(`${JSON.stringify([name, bytes.length])}\n`).update(bytes);
  }
  return hash.digest('hex');
}
