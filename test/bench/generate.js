// Writes a directory and an app of N rows each, as NDJSON and as CSV: the same seed gives the same bytes.
//   node test/bench/generate.js [--rows 1000000] [--out test/bench/data/1000000]
// 3 % of the accounts belong to nobody, 3 % of the people have no account, and 3 % of the pairs differ in one of six attributes.
import { createWriteStream, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';

export const COMPARED = ['givenName', 'familyName', 'email', 'department', 'title', 'manager'];
/** Of each class. */
export const SHARE = 0.03;

const SEED = 7644;
const GIVEN = words('Ada Bob Chloé Dmitri Emeka Fatima Grace Hiro Ingrid João Katarzyna Linus Mei Noor Olga Pedro Quinn Rosa Søren Tariq Uma Victor Wei Ximena Yusuf Zoë'); // prettier-ignore
const FAMILY = words('Abara Becker Costa Dubois Eriksson Fischer García Haddad Ivanova Jensen Kowalski Lopez Müller Nakamura Okafor Petrov Quispe Rossi Schmidt Tanaka Usman Vogel Wójcik Xu Yılmaz Zhang'); // prettier-ignore
const DEPARTMENTS = words('Sales Support Finance Legal Research Platform Security Marketing Procurement Facilities').flatMap((name) =>
  Array.from({ length: 12 }, (_, i) => `${name} ${String(i + 1).padStart(2, '0')}`),
);
const TITLES = ['Junior', 'Senior', 'Lead', 'Principal', 'Associate'].flatMap((rank) => words('Engineer Analyst Manager Consultant Specialist Administrator').map((job) => `${rank} ${job}`)); // prettier-ignore
const CITIES = words('Amsterdam Berlin Copenhagen Dublin Edinburgh Frankfurt Gothenburg Hamburg Istanbul Kraków Lisbon Madrid');

function words(text) {
  return text.split(' ');
}

/** mulberry32: 32 bits of state, good enough to shuffle and to pick. */
function generator(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return { below: (n) => next() % n, pick: (list) => list[next() % list.length] };
}

function shuffled(n, random) {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** What person `n` is called; the same whenever it is asked. */
function identity(n) {
  const random = generator(Math.imul(n + 1, 0x9e3779b1) ^ SEED);
  const givenName = random.pick(GIVEN);
  const familyName = random.pick(FAMILY);
  const plain = `${givenName}.${familyName}`.normalize('NFKD').replace(/[^A-Za-z.]/g, '').toLowerCase(); // prettier-ignore
  const day = (year) =>
    `${year}-${String(random.below(12) + 1).padStart(2, '0')}-${String(random.below(28) + 1).padStart(2, '0')}T08:00:00Z`;
  return {
    id: `p-${(n + 1e8).toString(36)}-${(Math.imul(n, 0x85ebca6b) >>> 0).toString(16).padStart(8, '0')}`,
    userName: `${plain.slice(0, 12)}${n}`,
    email: `${plain}.${n}@corp.example`,
    givenName,
    familyName,
    department: random.pick(DEPARTMENTS),
    title: random.pick(TITLES),
    city: random.pick(CITIES),
    costCenter: `CC-${1000 + random.below(400)}`,
    phone: `+49 30 ${1_000_000 + random.below(9_000_000)}`,
    startAt: day(2015 + random.below(10)),
    touchedAt: day(2025),
    managerOf: random.below(1_000),
  };
}

/** The address of one of the thousand people who manage. */
const manager = (n) => identity(n % 1_000).email;

function person(n) {
  const { id, userName, email, givenName, familyName, department, title, city, costCenter, phone, startAt, touchedAt, managerOf } =
    identity(n);
  return { id, userName, email, employeeId: `E${n + 1_000_000}`, givenName, familyName, displayName: `${givenName} ${familyName}`, department, title, manager: manager(managerOf), city, costCenter, phone, state: 'active', startAt, changedAt: touchedAt }; // prettier-ignore
}

/** The account of person `n`; `stale` differs in one attribute, each of the six in turn. */
function account(n, stale) {
  const own = person(n);
  const row = { id: `a-${(Math.imul(n, 0xc2b2ae35) >>> 0).toString(16).padStart(8, '0')}-${n.toString(36)}`, externalId: own.id, userName: own.userName, email: own.email, givenName: own.givenName, familyName: own.familyName, displayName: own.displayName, department: own.department, title: own.title, manager: own.manager, locale: 'en-GB', city: own.city, status: 'active', createdAt: own.startAt, updatedAt: '2025-12-24T10:00:00Z', lastLoginAt: `2026-0${1 + (n % 6)}-15T09:30:00Z` }; // prettier-ignore
  if (stale) {
    const name = COMPARED[n % COMPARED.length];
    row[name] = name === 'email' ? `old.${row.email}` : name === 'manager' ? manager(identity(n).managerOf + 1) : `${row[name]} (old)`;
  }
  return row;
}

const ndjson = (row) => `${JSON.stringify(row)}\n`;
const csv = (values) => `${values.map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',')}\r\n`;

async function write(folder, name, order, make) {
  const outputs = [createWriteStream(path.join(folder, `${name}.ndjson`)), createWriteStream(path.join(folder, `${name}.csv`))];
  const texts = ['', ''];
  const flush = async () => {
    for (const [i, output] of outputs.entries()) {
      if (!output.write(texts[i])) await once(output, 'drain');
      texts[i] = '';
    }
  };
  for (const [i, n] of order.entries()) {
    const row = make(n);
    if (i === 0) texts[1] += csv(Object.keys(row));
    texts[0] += ndjson(row);
    texts[1] += csv(Object.values(row));
    if (i % 4096 === 4095) await flush();
  }
  await flush();
  for (const output of outputs) {
    output.end();
    await once(output, 'finish');
  }
}

const config = (format) => `version: 1
directory:
  { name: hr, connector: file, path: people.${format}, fields: { emails: [email] }, state: { from: state } }
apps:
  app:
    connector: file
    path: accounts.${format}
    fields: { emails: [email] }
    status: { from: status }
    match: [externalId=id, email]
    compare: [${COMPARED.join(', ')}]
    lifecycle:
      create: { by: scim, system: idp }
      update: { by: scim, system: idp }
      delete: { by: scim, system: idp }
history: false
`;

/** The folder with the data of so many rows, made if it is not there. */
export async function generate(rows, folder = path.join(import.meta.dirname, 'data', String(rows))) {
  const done = path.join(folder, 'done');
  if (existsSync(done)) return folder;
  mkdirSync(folder, { recursive: true });
  const random = generator(SEED);
  const each = Math.round(rows * SHARE);
  const everyone = shuffled(rows, random);
  // The first have no account, the next a stale one; beyond the last person come the accounts of nobody.
  const missing = new Set(everyone.subarray(0, each));
  const stale = new Set(everyone.subarray(each, 2 * each));
  const accounts = shuffled(rows + each, random).filter((n) => !missing.has(n));
  await write(folder, 'people', shuffled(rows, random), person);
  await write(folder, 'accounts', accounts, (n) => account(n, stale.has(n)));
  for (const format of ['ndjson', 'csv']) writeFileSync(path.join(folder, `${format}.yaml`), config(format));
  writeFileSync(done, '');
  return folder;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, out: { type: 'string' } } });
  process.stdout.write(`${await generate(Number(values.rows), values.out)}\n`);
}
