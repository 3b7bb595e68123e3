// `npm run mutants` puts small faults into the folders that judge, one at a time, and counts those that no test notices. `npm run mutants -- gate diff` does
// so for those folders.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { FOLDERS } from './folders.js';

const asked = process.argv.slice(2);
const [scores, failed] = [[], []];
for (const folder of asked.length > 0 ? asked : Object.keys(FOLDERS)) {
  const args = ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', 'test/mutants/stryker.config.js'];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, LIFEGAP_MUTANTS: folder } });
  if (status !== 0) failed.push(folder);
  else scores.push(`${folder}: ${scoreOf(folder)}`);
}
process.stdout.write(`\n${scores.join('\n')}\n`);
if (failed.length > 0) process.stdout.write(`no score: ${failed.join(', ')}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** What was noticed, of all faults that compile into something else. */
function scoreOf(folder) {
  const { files } = JSON.parse(readFileSync(`.stryker-tmp/${folder}.json`, 'utf8'));
  const states = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...names) => states.filter((state) => names.includes(state)).length;
  const noticed = count('Killed', 'Timeout');
  const all = noticed + count('Survived', 'NoCoverage');
  return `${((100 * noticed) / all).toFixed(1)} % of ${all} (${count('Survived')} survived, ${count('NoCoverage')} ran in no test)`;
}
