// The bill of materials of what runs, CycloneDX, to standard output: `npm run sbom > lifegap.cdx.json`. Of the lock file alone, nothing is fetched.
// With `--omit=dev`, `npm sbom` also leaves out what a tool of the tests needs as well (yaml, commander), so it is asked without those tools.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const here = import.meta.dirname;
const dir = mkdtempSync(path.join(tmpdir(), 'lifegap-sbom-'));
try {
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(path.join(here, '..', name), path.join(dir, name));
  execFileSync(process.execPath, [path.join(here, 'only-to-build.js'), dir], { stdio: 'inherit' });
  const flags = ['--sbom-format=cyclonedx', '--sbom-type=application', '--omit=dev', '--package-lock-only', '--offline'];
  execFileSync('npm', ['sbom', ...flags], { cwd: dir, stdio: 'inherit' });
} finally {
  rmSync(dir, { recursive: true, force: true });
}
