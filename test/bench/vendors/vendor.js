import { readFileSync } from 'node:fs';
import path from 'node:path';
import { jsonPath } from '../../../dist/mapping/json-path.js';
import { Problems } from '../../../dist/mapping/rows.js';
import { catalogueManifest } from '../../../dist/manifest/form/catalogue.js';
import { planPasses } from '../../../dist/manifest/list/plan.js';
import { prepare } from '../../../dist/manifest/form/request.js';
import { compileMapping } from '../../../dist/manifest/mapping/rows.js';
import { credentialLists } from '../../../dist/manifest/form/credentials.js';
import { fill } from '../../../dist/manifest/form/template.js';
import { assignRecorded, join, List, listFor } from './list.js';
import { idsLike, recordOf } from './record.js';

const FIXTURES = path.resolve(import.meta.dirname, '../../../fixtures/connectors');
/** Nine accounts of ten are those of people who work here; the others are what else was recorded: leavers, bots, guests, invitations. */
export const isColleague = (i) => i % 10 !== 9;
/** Of how many accounts one holds a credential, where credentials are a list of their own. */
const WITH_CREDENTIAL = 50;

/** What the config and the vendor need to know of a connector; `base` and `token` are paths without an origin. */
export function settingsOf(name) {
  const manifest = catalogueManifest(name);
  const { params, exchanges } = JSON.parse(readFileSync(path.join(FIXTURES, name, 'pull.json'), 'utf8'));
  const defaults = Object.entries(manifest.params).map(([key, param]) => [key, param.default]);
  const values = { ...Object.fromEntries(defaults), ...params };
  const here = (template) => new URL(fill(template, values)).pathname.replace(/^\/$/, '');
  const { auth } = manifest;
  const token = auth === 'none' ? undefined : (auth.oauth2_client ?? auth.oauth2_refresh ?? auth.jwt_bearer)?.token_url;
  return { manifest, params, exchanges, values, base: here(manifest.base_url), token: token && here(token) };
}

/** A system of the catalogue with `count` accounts, played from its manifest and its fixture. `answer`: of { path, query, body, url }. */
export function openVendor(name, count) {
  const { manifest, exchanges, values, base, token } = settingsOf(name);
  const plain = new Map();
  const keep = (at) =>
    plain.set(at, exchanges.find(({ request, response }) => request.path === at && response.status === undefined).response);
  if (token !== undefined) keep(token);
  if (manifest.auth.login !== undefined) {
    const { request, values: places } = manifest.auth.login;
    const at = join(base, prepare(request, values).path);
    keep(at);
    for (const [key, place] of Object.entries(places)) values[`login.${key}`] = jsonPath(place)(plain.get(at).body);
  }
  const parents = parentsOf(manifest, values, base, exchanges);
  const credentials = credentialLists(manifest.credentials)
    .filter(({ request }) => request !== undefined)
    .map((list) => ({ list, at: new List(base, { ...list, values }) }));
  const lists = listsOf(manifest, values, base);
  const all = [...parents, ...lists, ...credentials.map(({ at }) => at)];
  assignRecorded(all, exchanges);
  const idOf = hire(manifest, name, lists, count);
  for (const { list, at } of credentials) {
    const { id, userName, email } = list.account ?? {};
    const owners = Array.from({ length: Math.ceil(count / WITH_CREDENTIAL) }, (_, i) => i * WITH_CREDENTIAL);
    const templates = at.recorded.flatMap(at.recordsOf);
    serve(at, owners.map((i, n) => [templates[n % templates.length], [list.fields, { id, userName, emails: email }], i, { idOf, isPerson: true }])); // prettier-ignore
  }
  return {
    answer(request) {
      const known = plain.get(request.path);
      if (known !== undefined) return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(known.body)) };
      const list = listFor(all, request);
      return list?.answer(request) ?? { status: 418, headers: {}, body: Buffer.from('{"error":"nothing is recorded for this request"}') };
    },
  };
}

/** What the rows hang below: the first that was recorded, alone. */
function parentsOf(manifest, values, base, exchanges) {
  if (manifest.parents === undefined) return [];
  const list = new List(base, { ...manifest.parents, values });
  assignRecorded([list], exchanges.slice(0, 1));
  const [parent] = list.recordsOf(list.recorded[0]);
  list.texts = [JSON.stringify(parent)];
  list.recorded = [];
  values[manifest.parents.as] = jsonPath(manifest.parents.id)(parent);
  return [list];
}

function listsOf(manifest, values, base) {
  const byRequest = new Map();
  for (const pass of planPasses(manifest)) {
    const list = new List(base, pass.list(values, undefined));
    const known = byRequest.get(list.first) ?? list;
    byRequest.set(list.first, known);
    known.passes.push(pass);
    known.beside.push(list.plan.records);
  }
  return [...byRequest.values()];
}

/** Fills the lists with the accounts 0 to count - 1, and gives back what their ids are. */
function hire(manifest, name, lists, count) {
  const config = { name, connector: name, options: {}, fields: {}, dir: '/' };
  const templatesOf = (list) => {
    const [pass] = list.passes;
    const row = compileMapping('account', pass.mapping, config, new Problems());
    const known = new Map(list.recorded.flatMap(list.recordsOf).map((record) => [JSON.stringify(record), record]));
    return [...known.values()].filter(pass.isRow).map((record) => ({ list, record, row: row(record), fields: pass.mapping.fields }));
  };
  const [echoes, own] = [lists.filter(isEcho), lists.filter((list) => !isEcho(list))];
  const templates = own.flatMap(templatesOf);
  const hasMail = templates.some(({ row }) => (row.emails ?? []).length > 0);
  // Who works here has an address here; where the system knows no addresses, a login that is none.
  const isOurs = ({ emails = [], userName = '' }) =>
    hasMail ? emails.some((mail) => /@corp\.example$/i.test(mail)) : !userName.includes('@');
  const isOne = ({ row }) => row.status === 'active' && [undefined, 'human', 'unknown'].includes(row.kind) && isOurs(row);
  const [colleagues, others] = [templates.filter(isOne), templates.filter((one) => !isOne(one))];
  const idOf = idsLike(String(colleagues[0].row.id));
  const rows = new Map(own.map((list) => [list, []]));
  const numbers = new Map(own.map((list) => [list, []]));
  for (let i = 0; i < count; i++) {
    const isPerson = isColleague(i) || others.length === 0;
    const { list, record, fields } = isPerson ? colleagues[i % colleagues.length] : others[Math.floor(i / 10) % others.length];
    rows.get(list).push([record, fields, i, { idOf, isPerson }]);
    numbers.get(list).push(i);
  }
  for (const [list, some] of rows) serve(list, some);
  const most = [...numbers.values()].toSorted((a, b) => b.length - a.length)[0];
  for (const list of echoes) {
    const known = templatesOf(list);
    serve(list, most.map((i, n) => [known[n % known.length].record, known[0].fields, i, { idOf, isPerson: true }])); // prettier-ignore
  }
  return idOf;
}

/** Its rows are no accounts of their own, but say more of those of another list. */
const isEcho = (list) => list.passes.some(({ adds }) => adds);

function serve(list, rows) {
  const records = rows.map((row) => recordOf(...row));
  list.mark(records);
  const { key_as: key } = list.plan.records;
  list.texts = records.map((record) => {
    if (key === undefined) return JSON.stringify(record);
    const { [key]: name, ...rest } = record;
    return `${JSON.stringify(name)}:${JSON.stringify(rest)}`;
  });
}
