import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveTool, installed, type Packed } from '../packed.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

let elsewhere: string;
let packed: Packed;

beforeAll(async () => {
  elsewhere = await mkdtemp(path.join(tmpdir(), 'lifegap-pack-'));
  ({ packed } = await installed());
  await giveTool(elsewhere);
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
      (file) => !/^(?:dist\/.*\.js|src\/report\/html\/page\/[\w-]+\.(?:js|css)|src\/connectors\/[\w-]+\.yaml|docs\/.*\.md)$/.test(file),
    );
    expect(rest.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'bin/lifegap.js', 'package.json']);
    expect(files).toContain('dist/cli/main.js');
    expect(files).toContain('src/report/html/page/main.js');
    expect(files).toContain('src/connectors/slack.yaml');
    // The README leads there, and so does the first comment of every lifegap.yaml that `init` writes.
    expect(files).toContain('docs/config.md');
    expect(files).toContain('docs/sources/scim.md');
  });

  it('runs from where it is installed', async () => {
    const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect((await lifegap('--version')).trim()).toBe(version);
    expect(await lifegap('--help')).toContain('Usage: lifegap');
  });

  it('needs no package but its own dependencies', async () => {
    const everything = packed.files
      .filter((file) => file.path.startsWith('dist/'))
      .map((file) => path.join(elsewhere, 'node_modules/lifegap', file.path));
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
