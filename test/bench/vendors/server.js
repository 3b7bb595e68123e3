// The systems of the catalogue side by side, in a process of their own: node server.js MS ACCOUNTS NAME... (forked). Each has its own port.
import { createServer } from 'node:http';
import { openVendor } from './vendor.js';

const [ms, accounts, ...names] = process.argv.slice(2);
const apps = names.map((name) => ({ ...openVendor(name, Number(accounts)), requests: 0, bytes: 0 }));
let [open, most, first, last, strange, cpu] = [0, 0, undefined, undefined, [], process.cpuUsage()];

const ports = await Promise.all(apps.map(listen));
process.send({ ports });
process.on('message', () => {
  const each = apps.map((app) => ({ requests: app.requests, bytes: app.bytes, ended: (app.last - first) / 1000 }));
  const { user, system } = process.cpuUsage(cpu);
  process.send({ seconds: (last - first) / 1000, most, strange, cpuOfServer: (user + system) / 1e6, apps: each });
  [most, first, last, strange, cpu] = [0, undefined, undefined, [], process.cpuUsage()];
  for (const app of apps) Object.assign(app, { requests: 0, bytes: 0, last: undefined });
});
process.on('disconnect', () => process.exit());

function listen(app, at) {
  const server = createServer((request, response) => {
    first ??= performance.now();
    app.requests++;
    most = Math.max(most, ++open);
    response.on('finish', () => (last = app.last = performance.now()));
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => setTimeout(answer, Number(ms), app, names[at], request, Buffer.concat(chunks).toString(), response));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
}

function answer(app, name, request, text, response) {
  const url = new URL(request.url, `http://${request.headers.host}`);
  const path = decodeURIComponent(url.pathname);
  const isJson = request.headers['content-type']?.includes('json') === true && text !== '';
  const { status, headers, body } = app.answer({
    path,
    query: url.searchParams,
    url: url.href,
    body: isJson ? JSON.parse(text) : undefined,
  });
  if (status === 418) strange.push(`${name}: ${request.method} ${url.pathname}${url.search}`);
  app.bytes += body.length;
  open--;
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length, ...headers });
  response.end(body);
}
