import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

/** The launcher alone, as in a checkout that nobody built, with a compiled program where one is given. */
function launch(program?: string, ...node: string[]): { code: number | null; stdout: string; stderr: string } {
  const dir = mkdtempSync(join(tmpdir(), 'lifegap-bin-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  mkdirSync(join(dir, 'bin'));
  writeFileSync(join(dir, 'package.json'), '{"type":"module"}');
  copyFileSync(new URL('../../bin/lifegap.js', import.meta.url), join(dir, 'bin', 'lifegap.js'));
  if (program !== undefined) {
    mkdirSync(join(dir, 'dist', 'cli'), { recursive: true });
    writeFileSync(join(dir, 'dist', 'cli', 'main.js'), program);
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, join(dir, 'bin', 'lifegap.js')], { encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

const RUNS = 'export const main = async ({ stdout }) => { stdout.write("ran"); return 3; };';

it('runs the compiled program and ends with its exit code', () => {
  expect(launch(RUNS)).toEqual({ code: 3, stdout: 'ran', stderr: '' });
});

it('says in one line that a checkout was not built', () => {
  expect(launch()).toEqual({
    code: 2,
    stdout: '',
    stderr: 'lifegap: this is a checkout that was not built: run npm ci, or npm run build\n',
  });
});

it('does not take a package that is not installed for a missing build', () => {
  const { code, stderr } = launch('import "no-such-package"; export const main = () => 0;');
  expect(code).toBe(1);
  expect(stderr).toContain('no-such-package');
});

it.each(['18.20.4', '20.18.1'])('says in one line that Node %s is too old', (version) => {
  const older = `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"${version}"})`;
  const ran = launch(RUNS, '--import', older);
  expect(ran).toEqual({ code: 2, stdout: '', stderr: `lifegap: Node ${version} is too old: lifegap needs 20.19 or later\n` });
});
