import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import type { Config } from '../../src/model/config.js';
import { loadConfig, type LoadOptions } from '../../src/config/load.js';
import { UsageError } from '../../src/model/errors.js';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A temporary folder with these files, removed after the test. It holds a .git, so that nothing above it is looked into. */
export function folder(files: Readonly<Record<string, string | Buffer>>): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'lifegap-config-'));
  folders.push(dir);
  mkdirSync(path.join(dir, '.git'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    writeFileSync(path.join(dir, name), content, { mode: 0o600 });
  }
  return dir;
}

/** The smallest config that loads, with further lines for its one app and at its end. */
export function yaml(parts: { app?: string; rest?: string; directory?: string } = {}): string {
  const indented = (text: string | undefined): string => (text === undefined ? '' : text.replace(/^/gm, '    ') + '\n');
  return [
    'version: 1\n',
    parts.directory ?? 'directory: { name: hr, connector: file, path: people.csv }\n',
    'apps:\n  crm:\n    connector: file\n    path: crm.csv\n',
    indented(parts.app),
    parts.rest ?? '',
  ].join('');
}

export function load(content: string, options: Partial<LoadOptions> = {}): Promise<Config> {
  return loadConfig({ cwd: folder({ 'lifegap.yaml': content }), env: {}, ...options });
}

/** The lines of mistakes that loading this text ends with, without the headline. */
export async function mistakes(content: string, options: Partial<LoadOptions> = {}): Promise<string[]> {
  try {
    await load(content, options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.message.split('\n').filter((line) => !/^\d+ mistakes? in /.test(line));
  }
  return [];
}
