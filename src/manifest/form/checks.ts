import type { Mistakes, Path } from '../../yaml/mistakes.js';
import { UsageError } from '../../model/errors.js';
import { didYouMean, nearest } from '../../model/nearest.js';
import { compileExpression } from './expression.js';
import { jsonPath } from '../../mapping/json-path.js';
import { asksForMany } from './batch.js';
import { credentialLists, type CredentialList } from './credentials.js';
import type { Field } from './fields.js';
import type { LogForm } from './log.js';
import { manifestSchema, type ManifestParts } from './schema.js';
import type { Paging } from './paging.js';
import { layered } from './request.js';
import { namesIn } from './template.js';

/** Keys below which texts are templates over parameters, and not paths or prose. */
const TEMPLATES = new Set(['base_url', 'auth', 'request']);
/** Keys whose texts, and the keys of whose maps, are paths. */
const PATHS = new Set([
  'path',
  'from',
  'page_info',
  'total',
  'more',
  'done',
  'last_page',
  'token_path',
  'next',
  'last_record',
  'values_of',
  'id',
  'person',
  'account',
  'shows',
]);

/** Keys without fields and tests. */
const PROSE = new Set(['request', 'params', 'auth', 'paging', 'rate_limit']);
/** What names the account in a request of its own. */
const HOLDER = ['account.id', 'account.userName', 'account.email'];
/** What a log is asked for. */
const WINDOW = ['since', 'until'];
const SECRET_STEP = /(?:^|\.)(?:secret|token|access_?token|password|private_?key|api_?key|value|hash)$/i;

/**
 * The rules between keys, which a schema cannot say: every name in a template is known, every path can be compiled. `lost`: where something of bad form was
 * taken out; what that would have said is not held against the rest.
 */
export function checkManifest(manifest: ManifestParts, mistakes: Mistakes, lost: readonly Path[] = []): void {
  const { auth, parents, params = {} } = manifest;
  const login = typeof auth === 'object' && auth.login !== undefined ? Object.keys(auth.login.values).map((name) => `login.${name}`) : [];
  const known = [...Object.keys(params), ...login, ...(parents === undefined ? [] : [parents.as])];
  const whole = (at: Path): boolean => !lost.some((place) => at.every((step, i) => place[i] === step));
  const mayBeNamed = namesLost(lost);
  const passes = (manifest.passes ?? []).map((pass, i) => [['passes', i, 'request'], pass.request] as const);
  const paged = (manifest.passes ?? []).map((pass, i) => [['passes', i, 'paging'], pass.paging] as const);
  const numbers = [manifest, ...(manifest.passes ?? [])].flatMap(({ paging }) => inPath(paging));
  for (const key of TEMPLATES) templates([key], manifest[key as keyof ManifestParts], key === 'request' ? numbers : []);
  for (const [at, request] of passes) templates(at, request, numbers);
  templates(['parents', 'request'], parents?.request, inPath(parents?.paging));
  const asked = [manifest.request, ...passes.map(([, request]) => request)];
  for (const [at, paging] of [[['paging'], manifest.paging] as const, ...paged])
    for (const name of inPath(paging))
      if (whole([]) && !asked.some((request) => namesIn(request?.path ?? '').includes(name)))
        mistakes.at([...at, 'page' in Object(paging) ? 'page' : 'offset', 'param'], `in: path, yet no path of a request has \${${name}}`);
  templates(['principal', 'request'], manifest.principal?.request);
  for (const [at, paging] of [[['paging'], manifest.paging] as const, ...paged])
    if (typeof paging === 'object') templates([...at, 'cursor', 'request'], paging.cursor?.request);

  for (const [i, list] of credentialLists(manifest.credentials).entries())
    credentialRules(Array.isArray(manifest.credentials) ? ['credentials', i] : ['credentials'], list);
  for (const [at, fields] of [
    [['fields'], manifest.fields] as const,
    ...(manifest.passes ?? []).map((pass, i) => [['passes', i, 'fields'], pass.fields] as const),
  ]) {
    fieldPaths(at, fields ?? {});
  }
  for (const key of ['assignments', 'provisioning'] as const) {
    const form = manifest[key];
    if (form === undefined) continue;
    const own = key === 'assignments' ? ['app', 'group'] : ['app', manifest.provisioning?.each?.as ?? 'app'];
    templates([key, 'request'], form.request, [...own.slice(0, 1), ...('paging' in form ? inPath(form.paging) : [])]);
    templates([key], 'groups' in form ? form.groups?.request : 'each' in form ? form.each?.request : undefined, own);
    pathsBelow([key], form);
  }
  for (const key of ['log', 'pushes'] as const) if (manifest[key] !== undefined) logRules(key, manifest[key]);
  for (const key of ['status', 'kind_of', 'records', 'paging', 'parents', 'principal', 'auth'] as const) pathsBelow([key], manifest[key]);
  for (const [key, value] of Object.entries(manifest)) if (!PROSE.has(key)) expressions([key], value);
  const { passes: all = [] } = manifest;
  if (all.at(-1)?.adds === true && whole(['passes']))
    mistakes.at(['passes', all.length - 1, 'adds'], 'no pass comes after this one: it would add to nothing');
  for (const [i, pass] of all.entries())
    if (pass.may_fail === true && pass.adds !== true)
      mistakes.at(['passes', i, 'may_fail'], 'only a pass that adds to others may fail: without its rows the list would be short');
  if (parents !== undefined && Object.hasOwn(params, parents.as)) mistakes.at(['parents', 'as'], 'a parameter has this name already');
  if (parents?.batch !== undefined && whole(['request']) && whole(['passes']) && whole(['parents']))
    for (const [at, request] of passes.length === 0 ? [[['request'], undefined] as const] : passes)
      if (!asksForMany(layered(manifest.request ?? {}, request), parents.as))
        mistakes.at(at, `parents.batch: write \${${parents.as}} as an element of a list in the query or the body, and nowhere else`);
  requests();

  function templates(at: Path, value: unknown, also: readonly string[] = []): void {
    const names = [...known, ...also];
    if (typeof value === 'string') {
      for (const name of namesIn(value)) {
        if (/^(?:env|file):/.test(name)) mistakes.at(at, 'a manifest holds no secrets: declare a parameter, and set it in lifegap.yaml');
        else if (!names.includes(name) && !mayBeNamed(name))
          mistakes.at(at, `\${${name}} is no parameter.${didYouMean(name, names) || ` Known: ${names.join(', ') || 'none'}`}`);
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, below] of Object.entries(value)) templates([...at, Array.isArray(value) ? Number(key) : key], below, also);
    }
  }

  function fieldPaths(at: Path, fields: Readonly<Record<string, Field | undefined>>): void {
    for (const [name, field] of Object.entries(fields)) fieldPath([...at, name], field);
  }

  function fieldPath(at: Path, field: Field | undefined): void {
    if (typeof field === 'string') compiles(at, field);
    else if (Array.isArray(field)) field.forEach((one: Field, i) => fieldPath([...at, i], one));
    else if (field !== undefined && 'template' in field) for (const path of namesIn(field.template)) compiles(at, path);
    else pathsBelow(at, field);
  }

  function credentialRules(at: Path, { request, paging, per_account: each, account, fields, records }: CredentialList): void {
    templates([...at, 'request'], request, [...(each === true ? HOLDER : []), ...inPath(paging)]);
    fieldPaths([...at, 'fields'], fields);
    pathsBelow(at, { records, paging });
    for (const [name, path] of Object.entries(account ?? {})) compiles([...at, 'account', name], path);
    const named = [fields.id].flat().filter((path) => typeof path === 'string');
    if (named.some((path) => SECRET_STEP.test(path)))
      mistakes.at([...at, 'fields', 'id'], 'this looks like the secret itself; name the credential by its id, name or last characters');
    if (!whole(at)) return;
    if (request !== undefined && (each === true) === (account !== undefined))
      mistakes.at(at, 'a list of its own says whose a record is (account), or is asked for once for every account (per_account: true)');
    if (request === undefined && (each ?? account ?? paging) !== undefined)
      mistakes.at(at, 'without a request the list stands in the record of its account: account, per_account and paging have no use');
    if (each === true && !namesIn(JSON.stringify(request ?? {})).some((name) => HOLDER.includes(name)))
      mistakes.at(
        [...at, 'request'],
        `per_account: the request names no account; write one of ${HOLDER.map((name) => `\${${name}}`).join(', ')}`,
      );
  }

  function logRules(key: 'log' | 'pushes', form: LogForm): void {
    const { request, paging, base_url, auth: own, fields, records, action, outcome, by, each } = form;
    templates([key], { base_url, auth: own });
    templates([key, 'request'], request, [...WINDOW, ...(key === 'pushes' ? ['app'] : []), ...inPath(paging)]);
    if (typeof paging === 'object') templates([key, 'paging', 'cursor', 'request'], paging.cursor?.request);
    fieldPaths([key, 'fields'], fields);
    pathsBelow([key], { records, paging, action, outcome, by });
    compiles([key, 'each'], each);
    const names = namesIn(JSON.stringify(request));
    if (whole([key]) && !names.includes('since') && form.window?.newest_first !== true)
      mistakes.at([key, 'request'], 'it asks for no window: write ${since}, or say window: { newest_first: true }');
    if (whole([key]) && form.window?.every_days !== undefined && !WINDOW.every((name) => names.includes(name)))
      mistakes.at([key, 'window', 'every_days'], 'slices have a beginning and an end: write ${since} and ${until} in the request');
  }

  /** `cel` is an expression wherever a field or a test stands; requests and tables of values have keys of their own. */
  function expressions(at: Path, value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, below] of Object.entries(value)) {
      const place = [...at, Array.isArray(value) ? Number(key) : key];
      if (key === 'request' || key === 'map' || key === 'values') continue;
      if (key !== 'cel' || typeof below !== 'string') expressions(place, below);
      else tried(place, () => compileExpression(below, at.includes('fields') && !at.includes('when') ? 'field' : 'test'));
    }
  }

  function pathsBelow(at: Path, value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, below] of Object.entries(value)) {
      const place = [...at, Array.isArray(value) ? Number(key) : key];
      if (key === 'request' || key === 'map') continue;
      if (PATHS.has(key) && typeof below === 'string') {
        if (below !== '.') compiles(place, below);
      } else if (PATHS.has(key) && Array.isArray(below))
        below.forEach((path, i) => (typeof path === 'string' ? compiles([...place, i], path) : pathsBelow([...place, i], path)));
      else pathsBelow(place, below);
    }
  }

  function compiles(at: Path, path: unknown): void {
    if (typeof path === 'string') tried(at, () => jsonPath(path));
  }

  function tried(at: Path, compile: () => unknown): void {
    try {
      compile();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      mistakes.at(at, error.message);
    }
  }

  function requests(): void {
    const all = [[['request'], manifest.request] as const, ...passes, [['parents', 'request'], parents?.request] as const];
    for (const [at, request] of all) {
      if (request?.body !== undefined && request.method === 'GET')
        mistakes.at([...at, 'method'], 'a GET has no body; write POST, or leave the method out');
      if (request?.graphql !== undefined && (request.body ?? request.method) !== undefined)
        mistakes.at([...at, 'graphql'], 'graphql brings its own body and method');
      if (request?.graphql !== undefined && namesIn(request.graphql.query).length > 0)
        mistakes.at([...at, 'graphql', 'query'], 'the query takes no ${name}; give it under variables');
      if (request?.path !== undefined && /^(?:\/|[a-z]+:)|[?#]/i.test(request.path))
        mistakes.at([...at, 'path'], 'expected a path below base_url, without a slash in front and without ?query');
    }
    const own = [manifest.request, ...(manifest.passes ?? []).map((pass) => pass.request)];
    const isTold =
      manifest.request !== undefined && !lost.some(([key, below]) => below === undefined || key === 'request' || key === 'passes');
    if (isTold && !own.some((request) => request?.path !== undefined || request?.graphql !== undefined))
      mistakes.at(['request'], 'expected a path');
  }
}

/** Tells the names that something may have declared which is of bad form, and so was taken out. */
function namesLost(lost: readonly Path[]): (name: string) => boolean {
  return (name) =>
    lost.some(([key, ...below]) => {
      const meant = nearest(String(key), Object.keys(manifestSchema.shape));
      if (meant === 'auth') return name.startsWith('login.');
      if (meant === 'credentials') return HOLDER.includes(name);
      // A parameter whose name is of bad form is meant to have another.
      if (meant === 'params')
        return below.length === 0 || (below.length === 1 && (below[0] === name || !/^[a-z][a-z0-9_]*$/.test(String(below[0]))));
      if (meant === 'parents') return below.length === 0 || below[0] === 'as';
      return meant === undefined || meant === 'provisioning';
    });
}

/** The name that stands for the page in the path of a request. */
function inPath(paging: Paging | undefined): string[] {
  if (typeof paging !== 'object') return [];
  return [paging.page, paging.offset].flatMap((form) => (form?.in === 'path' ? [form.param] : []));
}
