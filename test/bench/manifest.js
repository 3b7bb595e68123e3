// What the manifest engine adds.
//   node test/bench/manifest.js [--records 1000000] [--apps 40] [--accounts 5000] [--page 200] [--ms 50] [--runs 3] [--only mapping|apps]
// Mapping: the records of users.list as Slack documents them, through the compiled row mapper of the catalogue's own manifest, against
// JSON.parse of the same texts. Both are timed in one process, rounds interleaved: (parse and map) less (parse alone), by (parse alone). Bar: 1.
// Apps: as many workspaces on one server in another process that answers every page after the given time, read by `lifegap audit`; measured at
// the server, from the first request to the last answer, by the time that one app alone takes at the least. Bar: 1.3. Twice: members as
// documented, and with the mapped keys alone; before each, what JSON.parse alone takes for the bytes of all of them, and node:http alone to read and
// throw them away.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, TextDecoder } from 'node:util';
import { audit } from './audit.js';
import { readBare } from './bare.js';
import { judge } from './judge.js';

const { values: flags } = parseArgs({
  options: {
    records: { type: 'string', default: '1000000' },
    apps: { type: 'string', default: '40' },
    // A list that ends with a full page at a round number is not believed.
    accounts: { type: 'string', default: '5000' },
    page: { type: 'string', default: '200' },
    ms: { type: 'string', default: '50' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string' },
    shape: { type: 'string' },
    serve: { type: 'boolean', default: false },
  },
});
const [records, apps, accounts, size, ms, runs] = ['records', 'apps', 'accounts', 'page', 'ms', 'runs'].map((name) => Number(flags[name]));

const SHAPES = { documented: ['as documented', member], mapped: ['mapped keys only', (i) => lean(member(i))] };

if (flags.serve) serve();
else {
  if (flags.only !== 'apps') await mapping();
  if (flags.only !== 'mapping') for (const shape of flags.shape === undefined ? Object.keys(SHAPES) : [flags.shape]) await manyApps(shape);
}

/** A member as https://docs.slack.dev/reference/methods/users.list shows it, with every twentieth deactivated and every fiftieth a bot. */
function member(i) {
  const [first, last] = [`First${i % 977}`, `Last${i % 7919}`];
  const name = `${first} ${last}`;
  const image = `https://avatars.slack-edge.example/2026-03-${10 + (i % 20)}/${i}_8d3c1b7a5f`;
  return {
    id: `U${i.toString(36).toUpperCase().padStart(10, '0')}`,
    team_id: 'T012AB3C4',
    name: `user${i}`,
    deleted: i % 20 === 0,
    color: '9f69e7',
    real_name: name,
    tz: 'Europe/Amsterdam',
    tz_label: 'Central European Time',
    tz_offset: 3600,
    profile: {
      ...{ title: `Engineer ${i % 90}`, phone: '', skype: '', real_name: name, real_name_normalized: name },
      ...{ display_name: `user${i}`, display_name_normalized: `user${i}`, fields: null, status_text: '', status_emoji: '' },
      ...{ status_emoji_display_info: [], status_expiration: 0, avatar_hash: 'ge3b51ca72de', email: `user${i}@corp.example` },
      ...Object.fromEntries([24, 32, 48, 72, 192, 512].map((edge) => [`image_${edge}`, `${image}_${edge}.jpg`])),
      ...{ status_text_canonical: '', team: 'T012AB3C4', first_name: first, last_name: last },
    },
    is_admin: i % 100 === 0,
    ...{ is_owner: false, is_primary_owner: false, is_restricted: i % 30 === 7, is_ultra_restricted: false, is_bot: i % 50 === 3 },
    ...{ is_app_user: false, updated: 1_760_000_000 + i, is_email_confirmed: true, has_2fa: i % 2 === 0 },
    who_can_share_contact_card: 'EVERYONE',
  };
}

/** The members that the manifest's mapping looks at, and nothing else of them: the hardest case. */
function lean({ id, name, deleted, is_admin, is_bot, is_restricted, updated, profile }) {
  const { email, first_name, last_name, real_name, title } = profile;
  return { id, name, deleted, is_admin, is_bot, is_restricted, updated, profile: { email, first_name, last_name, real_name, title } };
}

async function mapping() {
  const { catalogueManifest } = await import('../../dist/manifest/form/catalogue.js');
  const { planPasses } = await import('../../dist/manifest/list/plan.js');
  const { compileMapping } = await import('../../dist/manifest/mapping/rows.js');
  const { compileRecords } = await import('../../dist/manifest/ask/records.js');
  const { Problems } = await import('../../dist/mapping/rows.js');
  const { compileCellMapping } = await import('../../dist/manifest/mapping/cell-mapping.js');
  const { ColumnBuilder } = await import('../../dist/store/column-builder.js');
  const manifest = catalogueManifest('slack');
  const [pass] = planPasses(manifest);
  const recordsOf = compileRecords(manifest.records);
  const config = { name: 'slack', connector: 'slack', options: {}, fields: {}, dir: '/' };
  for (const [what, shape] of Object.values(SHAPES)) {
    const distinct = Math.min(100, Math.ceil(records / size));
    const texts = Array.from({ length: distinct }, (_, page) =>
      JSON.stringify({ ok: true, members: Array.from({ length: size }, (_, i) => shape(page * size + i)) }),
    );
    const pages = Math.ceil(records / size);
    const bytes = Math.round(texts[0].length / size);
    const toRow = compileMapping('account', pass.mapping, config, new Problems());
    const counts = {};
    const round = (isMapped) => {
      const start = performance.now();
      let rows = 0;
      for (let i = 0; i < pages; i++) {
        const found = recordsOf(JSON.parse(texts[i % distinct]));
        if (!isMapped) rows += found.length;
        else
          for (const record of found) {
            if (!pass.isRow(record)) continue;
            const row = toRow(record);
            counts[row.status] = (counts[row.status] ?? 0) + 1;
            rows++;
          }
      }
      if (rows !== pages * size) throw new Error(`${rows} rows of ${pages * size}`);
      return (performance.now() - start) / 1000;
    };
    round(true);
    const rounds = Array.from({ length: runs }, () => [round(false), round(true)]);
    if (Object.keys(counts).sort().join() !== 'active,deactivated') throw new Error(`statuses: ${JSON.stringify(counts)}`);
    const ratios = rounds.map(([parse, both]) => (both - parse) / parse);
    for (const [parse, both] of rounds)
      process.stdout.write(
        `mapping, ${what} (${bytes} bytes): parse ${parse.toFixed(2)} s, parse and map ${both.toFixed(2)} s: map / parse ${((both - parse) / parse).toFixed(2)}\n`,
      );
    judge(`mapping, ${what}`, ratios, 1);
    fromBytes(what, texts.map((text) => Buffer.from(text)), pages, { pass, config, toRow, recordsOf, compileCellMapping, ColumnBuilder }); // prettier-ignore
  }
}

/** Both ways from the bytes of a page to its rows, interleaved: decoded, parsed and mapped; and scanned into columns. CPU seconds. */
function fromBytes(what, bodies, pages, { pass, config, toRow, recordsOf, compileCellMapping, ColumnBuilder }) {
  const builder = new ColumnBuilder('account');
  const { scan, plan } = compileCellMapping('account', pass.mapping, config, ['members'], builder);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const ways = {
    parsed: (body) => recordsOf(JSON.parse(decoder.decode(body))).map(toRow).length,
    scanned(body) {
      const list = scan.open(body);
      for (let i = 0; i < list.length; i++)
        if (!plan.fill(body, scan.cells, list.base(i))) throw new Error(`record ${i} is out of the ordinary`);
      return builder.take().rows;
    },
  };
  const round = (way) => {
    const before = process.cpuUsage();
    for (let i = 0; i < pages; i++) if (way(bodies[i % bodies.length]) !== size) throw new Error('rows are missing');
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  round(ways.scanned);
  for (let i = 0; i < runs; i++) {
    const [parsed, scanned] = [round(ways.parsed), round(ways.scanned)];
    process.stdout.write(
      `bytes to rows, ${what}: parsed ${parsed.toFixed(2)} s, scanned ${scanned.toFixed(2)} s of CPU: ${(scanned / parsed).toFixed(2)}\n`,
    );
  }
}

/** One workspace, page by page, as bytes: the server must cost next to nothing. */
function pagesOf(shape) {
  const pages = Math.ceil(accounts / size);
  return Array.from({ length: pages }, (_, page) => {
    const members = Array.from({ length: Math.min(size, accounts - page * size) }, (_, i) => SHAPES[shape][1](page * size + i));
    return Buffer.from(JSON.stringify({ ok: true, members, response_metadata: { next_cursor: page + 1 < pages ? String(page + 1) : '' } }));
  });
}

function serve() {
  const bodies = pagesOf(flags.shape);
  let [requests, open, most, first, last] = [0, 0, 0, undefined, undefined];
  const server = createServer((request, response) => {
    const page = Number(new URL(request.url, 'http://localhost').searchParams.get('cursor') ?? 0);
    requests++;
    first ??= performance.now();
    most = Math.max(most, ++open);
    response.on('finish', () => (last = performance.now()));
    setTimeout(() => {
      open--;
      response.setHeader('content-type', 'application/json');
      response.end(bodies[page]);
    }, ms);
  });
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
  process.on('message', () => {
    process.send({ requests, most, seconds: (last - first) / 1000 });
    [requests, most, first, last] = [0, 0, undefined, undefined];
  });
  process.on('disconnect', () => process.exit());
}

/** What parsing alone takes for all pages of all apps, in this process, with nothing else to do. */
function parseAll(what, shape) {
  const bodies = pagesOf(shape);
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0) * apps;
  const start = performance.now();
  for (let app = 0; app < apps; app++) for (const body of bodies) JSON.parse(body.toString());
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(`${apps} apps, ${what}: ${(bytes / 1e6).toFixed(0)} MB of JSON, JSON.parse alone ${seconds.toFixed(2)} s\n`);
}

async function manyApps(shape) {
  const [what] = SHAPES[shape];
  parseAll(what, shape);
  const folder = mkdtempSync(path.join(tmpdir(), 'lifegap-bench-'));
  const server = fork(import.meta.filename, [...process.argv.slice(2), '--serve', '--shape', shape]);
  const told = () => new Promise((resolve) => server.once('message', resolve));
  try {
    const { port } = await told();
    const people = Array.from({ length: accounts }, (_, i) =>
      JSON.stringify({ id: `p${i}`, mail: `user${i}@corp.example`, state: 'active' }),
    );
    writeFileSync(path.join(folder, 'people.ndjson'), `${people.join('\n')}\n`);
    const config = path.join(folder, 'apps.yaml');
    const app = (i) =>
      `  chat${i}: { connector: slack, token: "\${env:LIFEGAP_BENCH_TOKEN}", base_url: "http://127.0.0.1:${port}/app${i}/api" }\n`;
    const directory = 'directory: { name: hr, connector: file, path: people.ndjson, fields: { emails: [mail] }, state: { from: state } }\n';
    const write = (count) =>
      writeFileSync(config, `version: 1\n${directory}apps:\n${Array.from({ length: count }, (_, i) => app(i)).join('')}history: false\n`);
    const pull = async (count) => {
      write(count);
      const { code, report } = await audit(config);
      server.send('figures');
      const figures = await told();
      const wrong = report.apps.find((one) => one.accounts !== accounts || one.completeness.verdict !== 'consistent');
      if (wrong !== undefined || report.apps.length !== count) throw new Error(`exit ${code}: ${JSON.stringify(wrong?.completeness)}`);
      return figures;
    };
    const ratios = [];
    for (let i = 0; i < runs; i++) {
      const one = await pull(1);
      await readBare(port, apps, Math.ceil(accounts / size));
      server.send('figures');
      const bare = (await told()).seconds;
      const all = await pull(apps);
      ratios.push(all.seconds / one.seconds);
      process.stdout.write(
        `${what}: one app ${one.seconds.toFixed(2)} s (${one.requests} pages of ${ms} ms), ${apps} apps ${all.seconds.toFixed(2)} s: ${(all.seconds / one.seconds).toFixed(2)} (read and thrown away ${bare.toFixed(2)} s: ${(bare / one.seconds).toFixed(2)}); ${all.requests} requests, at most ${all.most} at once\n`,
      );
    }
    judge(`${apps} apps, ${what}`, ratios, 1.3);
  } finally {
    server.disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
}
