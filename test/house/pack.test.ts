import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtBin } from '../build.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly size: number; readonly mode: number }[];
}
interface LockFile {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean; readonly optional?: boolean }>>;
}

let elsewhere: string;
let installed: string;
let packed: Packed;

/**
 * Packs, and lays the tarball beside copies of the production dependencies, as npm would: a registry is out of reach of the
 * tests. Scripts are left out because `prepare` would rebuild dist under the feet of other tests.
 */
beforeAll(async () => {
  await builtBin();
  elsewhere = await mkdtemp(path.join(tmpdir(), 'lifegap-pack-'));
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', elsewhere], { cwd: ROOT });
  packed = (JSON.parse(stdout) as readonly [Packed])[0];
  const modules = path.join(elsewhere, 'node_modules');
  installed = path.join(modules, 'lifegap');
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', path.join(elsewhere, packed.filename), '-C', installed, '--strip-components=1']);
  const lock = JSON.parse(await readFile(path.join(ROOT, 'package-lock.json'), 'utf8')) as LockFile;
  for (const [place, { dev = false, devOptional = false, optional = false }] of Object.entries(lock.packages)) {
    if (place !== '' && !dev && !devOptional && !optional)
      await cp(path.join(ROOT, place), path.join(elsewhere, place), { recursive: true });
  }
  await mkdir(path.join(modules, '.bin'));
  await symlink('../lifegap/bin/lifegap.js', path.join(modules, '.bin/lifegap'));
}, 120_000);

afterAll(() => rm(elsewhere, { recursive: true, force: true }));

/** As a user types it: through the link that npm makes, away from the sources. */
async function lifegap(...args: string[]): Promise<string> {
  const { stdout } = await run(path.join(elsewhere, 'node_modules/.bin/lifegap'), args, { cwd: elsewhere });
  return stdout;
}

describe('the packed tarball', () => {
  it('holds what runs, and what a stranger expects beside it', () => {
    const files = packed.files.map((file) => file.path);
    const rest = files.filter(
      (file) => !/^(?:dist\/.*\.js|src\/report\/html\/page\/[\w-]+\.(?:js|css)|src\/connectors\/[\w-]+\.yaml)$/.test(file),
    );
    expect(rest.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'bin/lifegap.js', 'package.json']);
    expect(files).toContain('dist/cli/main.js');
    expect(files).toContain('src/report/html/page/main.js');
    expect(files).toContain('src/connectors/slack.yaml');
  });

  it('runs from where it is installed', async () => {
    const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect((await lifegap('--version')).trim()).toBe(version);
    expect(await lifegap('--help')).toContain('Usage: lifegap');
  });

  it('needs no package but its own dependencies', async () => {
    const everything = packed.files.filter((file) => file.path.startsWith('dist/')).map((file) => path.join(installed, file.path));
    const script = path.join(elsewhere, 'import-everything.mjs');
    await writeFile(script, 'for (const file of JSON.parse(process.argv[2])) await import(file);\nconsole.log("imported");\n');
    const { stdout } = await run(process.execPath, [script, JSON.stringify(everything)], { cwd: elsewhere });
    expect(stdout).toBe('imported\n');
  });

  it('audits', async () => {
    await writeFile(path.join(elsewhere, 'people.csv'), 'id,mail,state\n1,ada@corp.example,active\n2,bob@corp.example,terminated\n');
    await writeFile(
      path.join(elsewhere, 'crm.csv'),
      'id,externalId,mail,enabled\na,1,ada@corp.example,active\nb,2,bob@corp.example,active\n',
    );
    await writeFile(
      path.join(elsewhere, 'lifegap.yaml'),
      [
        'version: 1',
        'directory: { name: hr, connector: file, path: people.csv, fields: { emails: [mail] }, state: { from: state } }',
        'apps: { crm: { connector: file, path: crm.csv, fields: { emails: [mail] }, status: { from: enabled } } }',
        'history: false',
        '',
      ].join('\n'),
    );
    const failed: unknown = await lifegap('audit', '--format', 'json').catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 1 });
    const { findings } = JSON.parse((failed as { stdout: string }).stdout) as { findings: { reason: string; person: { id: string } }[] };
    expect(findings).toMatchObject([{ reason: 'owner-terminated', person: { id: '2' } }]);
  });
});
