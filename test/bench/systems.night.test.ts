import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { builtBin } from '../build.js';

/** Every form of paging, of signing in and of a list that is several, with lists that take several pages. */
const SYSTEMS = [
  ...['aws-identity-center', 'cloudflare', 'databricks', 'docusign', 'dropbox', 'github', 'gitlab-group', 'keycloak', 'mattermost'],
  ...['new-relic', 'nextcloud', 'onelogin', 'pagerduty', 'salesforce', 'sentry', 'slack', 'snowflake', 'tableau', 'vercel', 'zabbix'],
];

it('the bench of many systems plays them so that the audit believes every list, and reads it whole', async () => {
  await builtBin();
  const bench = path.resolve(import.meta.dirname, 'systems.js');
  const args = ['--only', SYSTEMS.join(','), '--apps', '21', '--accounts', '310', '--ms', '1', '--runs', '1', '--bar', '1000'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench, ...args], { encoding: 'utf8', timeout: 60_000 });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^21 apps of 20 systems, 310 accounts each: \d+ proven, \d+ consistent; 2 to 13 requests an app, /);
  expect(stdout).toMatch(/^21 apps of 20 systems: median [\d.]+, bar 1000: held$/m);
});
