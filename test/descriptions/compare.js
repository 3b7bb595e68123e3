import { describe, isDeprecated } from './description.js';
import { askedOf, credentialPlaces } from './places.js';

const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const quoted = (words) => [...words].map((word) => JSON.stringify(word)).join(', ');

/**
 * What a manifest and its vendor's descriptions do not agree on. `planPasses` and `layered` are those of the engine.
 *
 * @throws {Error} for a description that cannot be read
 */
export function compare(manifest, descriptions, { planPasses, layered }) {
  const findings = new Map();
  const operations = descriptions.flatMap((given) => describe(given));
  const say = (what, where, text) => findings.set(`${what} ${where} ${text}`, { what, where, text });
  const words = new Map();

  for (const asked of askedOf(manifest, planPasses(manifest), layered)) {
    const { where, request } = asked;
    if (request.graphql !== undefined) {
      say('unchecked', where, 'it is a query of GraphQL');
      continue;
    }
    const operation = findOperation(asked);
    if (operation === undefined) continue;
    if (operation.isDeprecated) say('deprecated', where, `${operation.method} ${operation.path}`);
    for (const [name, value, size] of sent(asked, 'query')) checkParameter(where, operation, name, value, size);
    missing(asked, operation);
    if (operation.method !== 'GET') checkBody(asked, operation);
    checkAnswer(asked, operation);
  }
  for (const { where, path, known, vendor } of words.values()) {
    const lacking = [...vendor].filter((word) => !known.has(word));
    if (lacking.length > 0) say('word', where, `no rule for ${quoted(lacking)} of ${path}`);
  }
  return [...findings.values()];

  function findOperation({ where, request, paging, baseUrl = manifest.base_url }) {
    const [host, base] = splitUrl(baseUrl);
    const path = [...base, ...segmentsOf(request.path ?? '')];
    const inBody = isMap(paging) && Object.values(paging)[0].in === 'body';
    const method = request.method ?? (request.body === undefined && !inBody ? 'GET' : 'POST');
    const shown = `${method} ${request.path}`;
    const ranked = operations
      .map((operation) => ({ operation, rank: rankOf(operation, path, segmentsOf(request.path ?? '').length) }))
      .filter(({ rank }) => rank > 0)
      .sort((a, b) => b.rank - a.rank);
    const best = ranked.filter(({ rank }) => rank === ranked[0]?.rank).map(({ operation }) => operation);
    if (best.length === 0) {
      const last = path.at(-1);
      const near = operations.filter((operation) => segmentsOf(operation.path).at(-1) === last).map((operation) => operation.path);
      say('path', where, `${shown} is not described${near.length === 0 ? '' : `; near: ${[...new Set(near)].slice(0, 3).join(', ')}`}`);
      return undefined;
    }
    const found = best.find((operation) => operation.method === method);
    if (found === undefined) {
      say('method', where, `${shown} is described with ${best.map((operation) => operation.method).join(', ')} alone`);
      return undefined;
    }
    if (found.path.endsWith('/') !== /\/$/.test(request.path ?? '') && found.path !== '/')
      say('path', where, `${shown} is described as ${found.path}`);
    const hosts = found.servers.map((server) => splitUrl(server)[0]).filter((one) => one !== '');
    if (hosts.length > 0 && !hosts.some((one) => sameSegment(host, one)))
      say('host', where, `${host} is described as ${hosts.slice(0, 3).join(', ')}`);
    return found;
  }

  function checkParameter(where, operation, name, value, isSize) {
    const { schemas } = operation;
    const [, outer, inner] = /^([^[]*)\[(.*)\]$/.exec(name) ?? [];
    const inQuery = operation.parameters.filter((one) => one.in === 'query');
    const parameter = inQuery.find((one) => one.name === name) ?? inQuery.find((one) => one.name === outer || `${one.name}[]` === name);
    const schema =
      parameter === undefined
        ? undefined
        : parameter.name === name || inner === '' || inner === undefined
          ? parameter.schema
          : schemas.at(parameter.schema, inner)[0];
    if (parameter === undefined || schema === undefined) {
      say('parameter', where, `${name} is not described; known: ${inQuery.map((one) => one.name).join(', ') || 'none'}`);
      return;
    }
    if (isDeprecated(parameter)) say('deprecated', where, `the parameter ${name}`);
    checkValue(where, name, { schema, schemas }, value, isSize, parameter);
  }

  function checkValue(where, name, { schema, schemas }, value, isSize, parameter) {
    const texts = [value].flat().filter((one) => one !== undefined && !String(one).includes('${'));
    const maximum = schemas.maximum(schema);
    for (const text of texts) if (Number(text) > maximum) say(isSize ? 'maximum' : 'value', where, `${name}: ${text} is over ${maximum}`);
    const known = schemas.words([schema]);
    if (known === undefined) return;
    const isList = schemas.parts(schema).some((part) => part.items !== undefined) && parameter.explode !== true;
    const folded = new Set([...known].map((word) => word.toLowerCase()));
    const strange = texts
      .flatMap((text) => (isList ? String(text).split(',') : [String(text)]))
      .filter((text) => text !== '' && !folded.has(text.trim().toLowerCase()));
    if (strange.length > 0) say('value', where, `${name}: ${quoted(strange)} is none of ${quoted([...known].slice(0, 12))}`);
  }

  function missing(asked, operation) {
    const given = new Set(sent(asked, 'query').map(([name]) => name.replace(/\[.*$/, '')));
    for (const { name, in: place, required } of operation.parameters)
      if (place === 'query' && required === true && !given.has(name.replace(/\[.*$/, '')))
        say('parameter', asked.where, `${name} is required, and not sent`);
  }

  function checkBody(asked, operation) {
    const { where, request } = asked;
    const { schemas } = operation;
    const fixed = isMap(request.body) ? Object.entries(request.body).map(([name, value]) => [name, isMap(value) ? undefined : value]) : [];
    const all = [...fixed, ...sent(asked, 'body')];
    if (operation.body === undefined) {
      if (all.length > 0) say('unchecked', where, 'the body of the request is not described');
      return;
    }
    for (const [name, value, isSize] of all) {
      const found = schemas.at(operation.body, name);
      if (found.length === 0) say('parameter', where, `${name} of the body is not described`);
      else checkValue(where, name, { schema: found[0], schemas }, value, isSize, { explode: true });
      if (schemas.areDeprecated(found)) say('deprecated', where, `${name} of the body`);
    }
  }

  function checkAnswer({ where, paging, records, reads, words: tables, body, mayBeOne, inRecord = [] }, { answer, schemas }) {
    if (answer.schema === undefined) {
      say('unchecked', where, 'the answer is not described, so no field of it is');
      return;
    }
    const places = [...(body ?? []), ...pagingPlaces(paging)];
    for (const { where: at, path, header } of places) {
      if (header !== undefined) {
        if (answer.headers.length > 0 && !answer.headers.includes(header.toLowerCase()))
          say('field', `${where} ${at}`, `the header ${header} is not described`);
      } else look(schemas, [answer.schema], path, `${where} ${at}`, 'the answer');
    }
    if (records === undefined) return;
    const rows = recordsOf(schemas, [answer.schema], records, where, mayBeOne);
    if (rows === undefined) return;
    lookAt(schemas, rows, reads, where, records);
    if (isMap(paging) && isMap(paging.cursor?.next) && 'last_record' in paging.cursor.next)
      look(schemas, rows, paging.cursor.next.last_record, `${where} paging`, 'the record');
    for (const { list, records: below } of inRecord) {
      const keys = recordsOf(schemas, rows, below, `${where} credentials`);
      if (keys !== undefined) lookAt(schemas, keys, credentialPlaces(list), `${where} credentials`, below);
    }
    for (const table of tables) checkWords(schemas, rows, table, where);
  }

  function lookAt(schemas, rows, reads, where, records) {
    const added = isMap(records) ? records.key_as : undefined;
    for (const { where: at, path } of reads) if (path !== added) look(schemas, rows, path, `${where} ${at}`, 'the record');
  }

  function look(schemas, holders, path, where, what) {
    const found = holders.flatMap((schema) => schemas.at(schema, path));
    if (found.length === 0) say('field', where, `${path} is not described of ${what}`);
    else if (schemas.areDeprecated(found)) say('deprecated', where, path);
  }

  function recordsOf(schemas, holders, records, where, mayBeOne = false) {
    const { path = '.', values_of: values } = isMap(records) ? records : { path: records };
    const at = holders.flatMap((schema) => schemas.at(schema, values ?? path));
    const rows =
      at.length === 0 ? undefined : values !== undefined ? schemas.values(at) : (schemas.items(at) ?? (mayBeOne ? at : undefined));
    if (rows === undefined) say('field', `${where} records`, `${values ?? path} is no described list of the answer`);
    return rows;
  }

  function checkWords(schemas, rows, { where, path, known, all }, request) {
    if (path === undefined || path === 'cel') return;
    const vendor = schemas.words(rows.flatMap((schema) => schemas.at(schema, path)));
    if (vendor === undefined) return;
    const strange = (known ?? []).filter((word) => !vendor.has(word));
    if (strange.length > 0) say('word', `${request} ${where}`, `${quoted(strange)} is no word of ${path}: ${quoted(vendor)}`);
    if (!all) return;
    const key = `${where} ${path}`;
    const entry = words.get(key) ?? { where, path, known: new Set(), vendor: new Set() };
    for (const word of vendor) entry.vendor.add(word);
    // What a rule tests in another way than by whole words may be any of them; one rule names words that no table must.
    for (const word of known ?? vendor) entry.known.add(word);
    words.set(key, entry);
  }
}

/** Query or body parameters that a list is asked for with: name, value, and whether it is the size of pages. */
function sent({ request, paging, follows }, place) {
  const fixed = place === 'query' ? Object.entries(request.query ?? {}).map(([name, value]) => [name, value, false]) : [];
  if (!isMap(paging)) return fixed;
  if (paging.scim !== undefined)
    return place === 'query' ? [...fixed, ['startIndex', undefined, false], ['count', paging.scim.size, true]] : fixed;
  const form = Object.values(paging)[0];
  if ((form.in ?? 'query') !== place) return fixed;
  const size = form.size_param === undefined || follows === true ? [] : [[form.size_param, form.size, true]];
  const own =
    form.param === undefined || (paging.cursor?.request !== undefined && follows !== true) ? [] : [[form.param, undefined, false]];
  return [...fixed, ...size, ...own];
}

function pagingPlaces(paging) {
  if (!isMap(paging)) return [];
  const where = 'paging';
  if (paging.scim !== undefined) return [{ where, path: 'totalResults' }];
  const { next, path, total, more, done, last_page: last, page_info: info } = Object.values(paging)[0];
  return [next, path, total, more, done, last, info].flatMap((place) => {
    if (typeof place === 'string') return [{ where, path: place }];
    return isMap(place) && 'header' in place ? [{ where, header: place.header }] : [];
  });
}

function splitUrl(url) {
  const [, host = '', path = ''] = /^(?:[a-z]+:)?\/\/([^/]*)(.*)$/i.exec(url) ?? /^(\$\{[^{}]*\})(.*)$/.exec(url) ?? [undefined, '', url];
  return [host, segmentsOf(path)];
}

function segmentsOf(path) {
  return path.split('/').filter((segment) => segment !== '');
}

/** Two segments are the same where one of them, or both, hold a place that something is filled into. */
function sameSegment(own, described) {
  const pattern = (text) => new RegExp(`^${text.split(/\$?\{[^{}]*\}/).map((piece) => piece.replace(/[.*+?^$()|[\]\\]/g, '\\$&')).join('.+')}$`, 'i'); // prettier-ignore
  return own === described || pattern(described).test(own) || pattern(own).test(described);
}

/** How well a described path fits: segments that are the same word count most. Zero: not at all. */
function rankOf({ path, servers }, wanted, least) {
  const described = segmentsOf(path);
  const whole = servers.map((server) => [...splitUrl(server)[1], ...described]);
  const rank = (segments, tail) => {
    if (!segments.every((segment, i) => sameSegment(tail[i] ?? '', segment))) return 0;
    return 1 + segments.filter((segment, i) => segment === tail[i]).length * 10;
  };
  const full = Math.max(0, ...whole.filter((segments) => segments.length === wanted.length).map((segments) => rank(segments, wanted)));
  if (full > 0) return full * 100;
  // Where the server says nothing of the folders above, they are the manifest's.
  if (described.length < least || described.length > wanted.length) return 0;
  const ended = rank(described, wanted.slice(wanted.length - described.length));
  return ended > 10 ? ended : 0;
}
