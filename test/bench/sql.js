// `npm run bench:sql [rows]`: a table of a million accounts from PostgreSQL over loopback, by `psql \copy … to stdout` and by connector sql (all rows mapped, the
// count, and the ids looked over first), in turns; medians of wall time, each in a process of its own. Needs Debian's postgresql and psql.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const { AbortController } = globalThis;
const SOURCE = new URL('../../dist/sources/sql/source.js', import.meta.url);
const ROUNDS = 5;
/** More is too slow for who waits for a report. */
const LIMIT = 1.5;

if (process.argv[2] === '--pull') {
  const { openSql } = await import(SOURCE.href);
  const options = { url: `postgresql://127.0.0.1:${process.argv[3]}/postgres`, user: 'root', table: 'accounts' };
  const state = { from: 'enabled', map: { true: 'active', false: 'deactivated' } };
  const config = { name: 'bench', connector: 'sql', options, fields: {}, state, dir: '/' };
  const pages = openSql('account', config, { redact: (text) => text, env: {}, pageConcurrency: 1 }).pull({
    signal: new AbortController().signal,
  });
  let step = await pages.next();
  let rows = 0;
  for (; !step.done; step = await pages.next()) rows += step.value.columns.rows;
  if (step.value.verdict !== 'proven' || rows !== step.value.declaredTotal) throw new Error(JSON.stringify(step.value));
} else {
  const rows = Number(process.argv[2] ?? 1_000_000);
  const [version] = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a));
  const bin = `/usr/lib/postgresql/${version}/bin`;
  const as = process.getuid() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const dir = mkdtempSync(path.join(tmpdir(), 'lifegap-bench-sql-'));
  if (as.uid !== undefined) chownSync(dir, as.uid, as.gid);
  const data = path.join(dir, 'data');
  execFileSync(`${bin}/initdb`, ['-D', data, '-U', 'root', '-A', 'trust', '-N', '--locale=C.UTF-8', '-E', 'UTF8'], { ...as, cwd: dir });
  const probe = createServer();
  const port = await new Promise((resolve) => probe.listen(0, '127.0.0.1', () => resolve(probe.address().port)));
  await new Promise((resolve) => probe.close(resolve));
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${dir}`, '-c', 'fsync=off', '-c', 'autovacuum=off'];
  const server = spawn(`${bin}/postgres`, ['-D', data, '-p', String(port), ...settings], {
    ...as,
    cwd: dir,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise((resolve) => server.stderr.on('data', (said) => String(said).includes('ready to accept') && resolve()));
  const psql = (text) => ['psql', ['-h', '127.0.0.1', '-p', String(port), '-U', 'root', '-d', 'postgres', '-qc', text]];
  try {
    execFileSync(
      ...psql(`create table accounts as select i as id, 'user' || i as "userName", 'user' || i || '@corp.example' as email, 'Given' || i % 1000 as "givenName",
        'Family' || i % 5000 as "familyName", 'Department ' || i % 40 as department, 'Title ' || i % 200 as title, i % 17 <> 0 as enabled,
        timestamptz '2020-01-01' + i * interval '1 minute' as "createdAt", timestamptz '2024-01-01' + i * interval '90 s' as "lastLoginAt"
        from generate_series(1, ${rows}) i`),
    );
    execFileSync(...psql('vacuum analyze accounts'));
    const timed = (command, args) => {
      const begin = process.hrtime.bigint();
      const { status, stderr } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
      if (status !== 0) throw new Error(String(stderr));
      return Number(process.hrtime.bigint() - begin) / 1e9;
    };
    const copy = psql('\\copy (select * from accounts) to stdout');
    const pull = [process.execPath, [import.meta.filename, '--pull', String(port)]];
    const times = { psql: [], lifegap: [] };
    timed(...copy);
    for (let round = 0; round < ROUNDS; round++) {
      times.psql.push(timed(...copy));
      times.lifegap.push(timed(...pull));
    }
    const median = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];
    const [by, own] = [median(times.psql), median(times.lifegap)];
    console.log(`${rows} rows, medians of ${ROUNDS}, in turns: psql \\copy ${by.toFixed(2)} s, connector sql ${own.toFixed(2)} s: ${(own / by).toFixed(2)} times (at most ${LIMIT})`); // prettier-ignore
    if (own / by > LIMIT) process.exitCode = 1;
  } finally {
    server.kill('SIGQUIT');
    await new Promise((resolve) => server.once('exit', resolve));
    rmSync(dir, { recursive: true, force: true });
  }
}
