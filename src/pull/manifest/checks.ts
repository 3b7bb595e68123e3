import type { Mistakes, Path } from '../../config/mistakes.js';
import { UsageError } from '../../model/errors.js';
import { didYouMean } from '../../model/nearest.js';
import { jsonPath } from '../json-path.js';
import type { Manifest } from './schema.js';
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
]);

/** The rules between keys, which a schema cannot say: every name in a template is known, every path can be compiled. */
export function checkManifest(manifest: Manifest, mistakes: Mistakes): void {
  const { auth, parents, params } = manifest;
  const login = typeof auth === 'object' && auth.login !== undefined ? Object.keys(auth.login.values).map((name) => `login.${name}`) : [];
  const known = [...Object.keys(params), ...login, ...(parents === undefined ? [] : [parents.as])];
  const passes = (manifest.passes ?? []).map((pass, i) => [['passes', i, 'request'], pass.request] as const);
  const paged = (manifest.passes ?? []).map((pass, i) => [['passes', i, 'paging'], pass.paging] as const);
  for (const key of TEMPLATES) templates([key], manifest[key as keyof Manifest]);
  for (const [at, request] of passes) templates(at, request);
  templates(['parents', 'request'], parents?.request);
  for (const [at, paging] of [[['paging'], manifest.paging] as const, ...paged])
    if (typeof paging === 'object') templates([...at, 'cursor', 'request'], paging.cursor?.request);

  for (const [at, fields] of [
    [['fields'], manifest.fields] as const,
    ...(manifest.passes ?? []).map((pass, i) => [['passes', i, 'fields'], pass.fields] as const),
  ]) {
    for (const [name, field] of Object.entries(fields ?? {})) {
      const place = [...at, name];
      if (typeof field === 'string') compiles(place, field);
      else if (Array.isArray(field)) field.forEach((path, i) => compiles([...place, i], path));
      else if ('template' in field) for (const path of namesIn(field.template)) compiles(place, path);
      else pathsBelow(place, field);
    }
  }
  for (const key of ['status', 'kind_of', 'records', 'paging', 'parents', 'auth'] as const) pathsBelow([key], manifest[key]);
  if (parents !== undefined && Object.hasOwn(params, parents.as)) mistakes.at(['parents', 'as'], 'a parameter has this name already');
  requests();

  function templates(at: Path, value: unknown): void {
    if (typeof value === 'string') {
      for (const name of namesIn(value)) {
        if (/^(?:env|file):/.test(name)) mistakes.at(at, 'a manifest holds no secrets: declare a parameter, and set it in lifegap.yaml');
        else if (!known.includes(name))
          mistakes.at(at, `\${${name}} is no parameter.${didYouMean(name, known) || ` Known: ${known.join(', ') || 'none'}`}`);
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, below] of Object.entries(value)) templates([...at, Array.isArray(value) ? Number(key) : key], below);
    }
  }

  function pathsBelow(at: Path, value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, below] of Object.entries(value)) {
      const place = [...at, Array.isArray(value) ? Number(key) : key];
      if (key === 'request' || key === 'map') continue;
      if (PATHS.has(key) && typeof below === 'string') {
        if (below !== '.') compiles(place, below);
      } else if (PATHS.has(key) && Array.isArray(below)) below.forEach((path, i) => compiles([...place, i], path));
      else pathsBelow(place, below);
    }
  }

  function compiles(at: Path, path: unknown): void {
    if (typeof path !== 'string') return;
    try {
      jsonPath(path);
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
    if (!own.some((request) => request?.path !== undefined || request?.graphql !== undefined)) mistakes.at(['request'], 'expected a path');
  }
}
