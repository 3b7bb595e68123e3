// Many different systems side by side, as a company has them: each of the catalogue's, played from its manifest and its recorded fixture.
//   node test/bench/systems.js [--apps 40] [--accounts 5010] [--ms 50] [--runs 3] [--bar 1.3] [--only NAME,...] [--without NAME,...]
// Every system has its own paging, the page size that its manifest asks for, its own records, and as many accounts; every answer comes after the given
// time, from one server in another process with a port for each. `lifegap audit` reads them all; measured at the server, from the first request to
// the last answer, by the time that the slowest of them takes when it is audited alone. Bar: 1.3. Every list must be whole, or nothing is printed.
import { fork } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { catalogueManifest, catalogueNames } from '../../dist/manifest/form/catalogue.js';
import { audit } from './audit.js';
import { judge } from './judge.js';
import { isColleague, settingsOf } from './vendors/vendor.js';

const { values: flags } = parseArgs({
  options: {
    apps: { type: 'string', default: '40' },
    // A list that ends with a full page at a round number is not believed.
    accounts: { type: 'string', default: '5010' },
    ms: { type: 'string', default: '50' },
    runs: { type: 'string', default: '3' },
    bar: { type: 'string', default: '1.3' },
    only: { type: 'string' },
    without: { type: 'string', default: '' },
  },
});
const [apps, accounts, runs] = ['apps', 'accounts', 'runs'].map((name) => Number(flags[name]));
/** Whoever makes as many requests as this part of the most may be the slowest: it is audited alone before one of them is called that. */
const NEARLY = 0.9;
const MOST_TRIED = 3;

const left = flags.without.split(',');
/** A list that is never proven whole cannot be told from one that was not read to its end. */
const isNeverWhole = ({ partial }) => partial !== undefined && partial.unless_any === undefined;
const known = (flags.only?.split(',') ?? catalogueNames()).filter((name) => !left.includes(name) && !isNeverWhole(catalogueManifest(name)));
// A directory can be an app of another one: those come last.
const distinct = [...known.filter((name) => catalogueManifest(name).kind === 'app'), ...known.filter((name) => catalogueManifest(name).kind !== 'app')]; // prettier-ignore
const systems = Array.from({ length: apps }, (_, i) => {
  const round = Math.floor(i / distinct.length);
  const name = distinct[i % distinct.length];
  return { name, app: round === 0 ? name : `${name}-${round + 1}` };
});
const say = (line) => process.stdout.write(`${line}\n`);
const shown = ({ seconds, cpu }) => `${seconds.toFixed(2)} s (CPU ${cpu.toFixed(2)} s)`;

const folder = mkdtempSync(path.join(tmpdir(), 'lifegap-bench-'));
const server = fork(path.resolve(import.meta.dirname, 'vendors/server.js'), [flags.ms, flags.accounts, ...systems.map(({ name }) => name)]);
const ended = new Promise((_, reject) => server.once('exit', (code) => reject(new Error(`the server ended with ${code}`))));
ended.catch(() => undefined);
const told = () => Promise.race([new Promise((resolve) => server.once('message', resolve)), ended]);
try {
  await measure(await told());
} finally {
  if (server.connected) server.disconnect();
  rmSync(folder, { recursive: true, force: true });
}

async function measure({ ports }) {
  const people = Array.from({ length: accounts }, (_, i) => ({
    ...{ id: `p${i}`, login: `user${i}`, mail: `user${i}@corp.example` },
    ...(isColleague(i) ? { state: 'active' } : { state: 'terminated', left: '2026-03-01' }),
  }));
  writeFileSync(path.join(folder, 'people.ndjson'), `${people.map((person) => JSON.stringify(person)).join('\n')}\n`);
  process.env.LIFEGAP_BENCH_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
    .replaceAll('\n', '\\n');
  const entries = systems.map((system, i) => entryOf(system, `http://127.0.0.1:${ports[i]}`));
  // The first one makes the pages that the others are served.
  const all = await pull(entries);
  const figures = systems.map(({ app }, i) => ({ app, entry: entries[i], ...all.apps[i] }));
  const pages = figures.map(({ requests }) => requests).toSorted((a, b) => a - b);
  const megabytes = figures.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  const names = new Set(systems.map(({ name }) => name)).size;
  say(
    `${apps} apps of ${names} systems, ${accounts} accounts each: ${all.verdicts}; ${pages[0]} to ${pages.at(-1)} requests an app, median ${pages[pages.length >> 1]}, ` +
      `${pages.reduce((sum, one) => sum + one, 0)} in all, ${megabytes.toFixed(0)} MB of JSON, ${all.findings} findings`,
  );
  const slowest = await slowestOf(figures, pages.at(-1));
  const ratios = [];
  for (let i = 0; i < runs; i++) {
    const one = await pull([slowest.entry]);
    const together = await pull(entries);
    ratios.push(together.seconds / one.seconds);
    const others = Math.max(0, ...together.apps.filter((_, at) => systems[at].app !== slowest.app).map(({ ended }) => ended));
    say(
      `${slowest.app} alone ${shown(one)}, ${apps} apps ${shown(together)}: ${ratios.at(-1).toFixed(2)}; the others were done after ${others.toFixed(2)} s; at most ${together.most} at once; ` +
        `server CPU ${together.cpuOfServer.toFixed(2)} s, load ${loadavg()[0].toFixed(1)}; CPU of the audit by the slowest's time ${(together.cpu / one.seconds).toFixed(2)}`,
    );
  }
  judge(`${apps} apps of ${names} systems`, ratios, Number(flags.bar));
}

/** The app that takes longest alone. They wait nearly all of the time, for one answer after another: those with most requests are tried. */
async function slowestOf(figures, most) {
  const likely = figures.filter(({ requests }) => requests >= NEARLY * most).toSorted((a, b) => b.requests - a.requests).slice(0, MOST_TRIED); // prettier-ignore
  if (likely.length === 1) return likely[0];
  const tried = [];
  for (const one of likely) {
    const alone = await pull([one.entry]);
    say(
      `${one.app} alone ${shown(alone)}: ${one.requests} requests, ${((one.requests * Number(flags.ms)) / 1000).toFixed(2)} s of waiting`,
    );
    tried.push({ ...one, ...alone });
  }
  return tried.toSorted((a, b) => b.seconds - a.seconds)[0];
}

/** Lines of lifegap.yaml: the parameters of the fixture, secrets from the environment, addresses on loopback. */
function entryOf({ name, app }, origin) {
  const { manifest, params, base, token } = settingsOf(name);
  const value = (key, given) => {
    if (manifest.params[key].secret !== true) return given;
    return given === '{{private key}}' ? '${env:LIFEGAP_BENCH_KEY}' : '${env:LIFEGAP_BENCH_TOKEN}';
  };
  const options = {
    connector: name,
    ...Object.fromEntries(Object.entries(params).map(([key, given]) => [key, value(key, given)])),
    base_url: `${origin}${base}`,
    ...(token === undefined ? {} : { token_url: `${origin}${token}` }),
    // One request for every account would be another measurement.
    ...([manifest.credentials].flat().some((list) => list?.per_account === true) ? { credentials: false } : {}),
  };
  return { app, line: `  ${JSON.stringify(app)}: ${JSON.stringify(options)}\n` };
}

/** One audit of these apps, seen from the server. */
async function pull(entries) {
  const config = path.join(folder, 'lifegap.yaml');
  const directory =
    'directory: { name: hr, connector: file, path: people.ndjson, fields: { userName: login, emails: [mail], endAt: left }, state: { from: state } }\n';
  writeFileSync(config, `version: 1\n${directory}apps:\n${entries.map(({ line }) => line).join('')}history: false\n`);
  const { code, report, cpu } = await audit(config);
  server.send('figures');
  const figures = await told();
  if (figures.strange.length > 0) throw new Error(`nothing is recorded for ${figures.strange[0]}`);
  const wrong = report.apps.filter((one) => one.accounts !== accounts || one.completeness.verdict === 'unproven');
  if (wrong.length > 0 || report.apps.length !== entries.length)
    throw new Error(`exit ${code}: ${wrong.map(({ name, accounts, error, completeness }) => `${name}: ${accounts} accounts, ${JSON.stringify(error ?? completeness)}`).join('\n')}`); // prettier-ignore
  const count = (verdict) => report.apps.filter((one) => one.completeness.verdict === verdict).length;
  return { ...figures, cpu, verdicts: `${count('proven')} proven, ${count('consistent')} consistent`, findings: report.findings.length };
}
