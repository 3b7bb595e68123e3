// A paged SCIM pull against the limit that the allowed concurrency sets: pages / concurrency * time per page.
//   node test/bench/paged.js [--rows 100000] [--page 100] [--ms 50] [--concurrency 8] [--runs 3]
// The server runs in a process of its own, answers every page after the given time, and sees how long the pull takes: from the first
// request to the last answer, with the matching and diffing that happens meanwhile. The bar is a ratio of 1.3. The whole
// `lifegap audit`, which reads a directory of as many people first, is printed beside it.
import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { audit } from './audit.js';
import { generate } from './generate.js';

const BAR = 1.3;

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    page: { type: 'string', default: '100' },
    ms: { type: 'string', default: '50' },
    concurrency: { type: 'string', default: '8' },
    runs: { type: 'string', default: '3' },
    serve: { type: 'string' },
  },
});
const ms = Number(flags.ms);

if (flags.serve !== undefined) serve(flags.serve);
else await measure();

/** RFC 7644 section 3.4.2.4: index paging with a declared total. Resources are made once, so that the server costs next to nothing. */
function serve(file) {
  const resources = readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => resource(JSON.parse(line))); // prettier-ignore
  let requests = 0;
  let open = 0;
  let most = 0;
  let first;
  let last;
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    requests++;
    first ??= performance.now();
    most = Math.max(most, ++open);
    response.on('finish', () => (last = performance.now()));
    setTimeout(() => {
      open--;
      response.setHeader('content-type', 'application/scim+json');
      if (!url.pathname.endsWith('/Users')) {
        response.statusCode = 404;
        response.end('{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"404"}');
        return;
      }
      const start = Math.max(1, Number(url.searchParams.get('startIndex') ?? 1));
      const page = resources.slice(
        start - 1,
        start - 1 + Math.min(Number(flags.page), Number(url.searchParams.get('count') ?? flags.page)),
      );
      response.end(
        `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":${resources.length},"startIndex":${start},"itemsPerPage":${page.length},"Resources":[${page.join(',')}]}`,
      );
    }, ms);
  });
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
  process.on('message', () => {
    process.send({ requests, most, seconds: (last - first) / 1000 });
    requests = most = 0;
    first = undefined;
  });
  process.on('disconnect', () => process.exit());
}

function resource(row) {
  return JSON.stringify({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id: row.id,
    externalId: row.externalId,
    userName: row.userName,
    name: { givenName: row.givenName, familyName: row.familyName },
    emails: [{ value: row.email, type: 'work', primary: true }],
    title: row.title,
    active: true,
    meta: { resourceType: 'User', created: row.createdAt, lastModified: row.updatedAt },
  });
}

async function measure() {
  const folder = await generate(Number(flags.rows));
  const server = fork(import.meta.filename, [...process.argv.slice(2), '--serve', path.join(folder, 'accounts.ndjson')]);
  const told = () => new Promise((resolve) => server.once('message', resolve));
  const { port } = await told();
  const config = path.join(folder, 'paged.yaml');
  writeFileSync(
    config,
    `version: 1
directory: { name: hr, connector: file, path: people.ndjson, fields: { emails: [email] }, state: { from: state } }
apps:
  app:
    connector: scim
    url: http://127.0.0.1:${port}/scim/v2
    token: "\${env:LIFEGAP_BENCH_TOKEN}"
    concurrency: ${flags.concurrency}
    page_size: ${flags.page}
    confirm: false # the pull alone: candidates for stale are not read again by id
    compare: [givenName, familyName, email, title]
history: false
`,
  );
  const pages = Math.ceil(Number(flags.rows) / Number(flags.page));
  const limit = ((pages / Number(flags.concurrency)) * ms) / 1000;
  const ratios = [];
  for (let i = 0; i < Number(flags.runs); i++) {
    const start = performance.now();
    const { code, report } = await audit(config);
    const wall = (performance.now() - start) / 1000;
    server.send('figures');
    const { requests, most, seconds } = await told();
    const { accounts, completeness } = report.apps[0];
    if (accounts !== Number(flags.rows) || completeness.verdict !== 'proven') {
      throw new Error(`exit ${code}: ${accounts} accounts, ${completeness.verdict}: ${completeness.reasons.join('; ')}`);
    }
    ratios.push(seconds / limit);
    process.stdout.write(
      `pull ${seconds.toFixed(2)} s: ${(seconds / limit).toFixed(2)} of the limit of ${limit.toFixed(2)} s; ${requests} requests, at most ${most} at once; whole audit ${wall.toFixed(2)} s\n`,
    );
  }
  server.disconnect();
  const median = ratios.toSorted((a, b) => a - b)[ratios.length >> 1];
  process.stdout.write(`median ${median.toFixed(2)}, bar ${BAR}: ${median <= BAR ? 'held' : 'missed'}\n`);
  process.exitCode = median <= BAR ? 0 : 1;
}
