// A vendor's description of an API in one form: OpenAPI 3.x, Swagger 2.0, or a discovery document of Google.

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];
const JSON_TYPE = /^application\/(?:[\w.+-]*\+)?json\b/i;

/**
 * The operations of a description.
 *
 * @throws {Error} for what is none
 */
export function describe(given) {
  const document = given?.discoveryVersion === undefined ? given : fromDiscovery(given);
  const isSwagger = document?.swagger === '2.0';
  if (typeof document?.paths !== 'object' || document.paths === null || !(isSwagger || typeof document.openapi === 'string'))
    throw new Error('this is neither an OpenAPI 3.x file, nor Swagger 2.0, nor a discovery document');
  const schemas = new Schemas(document);
  const servers = isSwagger
    ? [`//${document.host ?? ''}${document.basePath ?? ''}`]
    : (document.servers ?? []).map((server) => urlOf(server));
  return Object.entries(document.paths).flatMap(([path, item]) => {
    const own = schemas.target(item);
    return METHODS.filter((method) => own[method] !== undefined).map((method) => {
      const operation = own[method];
      const near = operation.servers ?? own.servers;
      return {
        method: method.toUpperCase(),
        path,
        servers: near === undefined ? servers : near.map((server) => urlOf(server)),
        schemas,
        isDeprecated: isDeprecated(operation),
        parameters: parametersOf([...(own.parameters ?? []), ...(operation.parameters ?? [])], schemas),
        body: bodyOf(operation, schemas),
        answer: answerOf(operation, schemas),
      };
    });
  });
}

/** Said by the flag, or by the first word of the text, as some vendors have it. */
export function isDeprecated(thing) {
  return thing?.deprecated === true || /^\W*deprecated\b/i.test(String(thing?.description ?? thing?.summary ?? ''));
}

/** What schemas say of places in values. Of allOf, oneOf and anyOf a place is there where any of them has it. */
class Schemas {
  #document;

  constructor(document) {
    this.#document = document;
  }

  /** What a local reference stands for. @throws {Error} for one that leads nowhere */
  target(thing) {
    let at = thing;
    for (let hops = 0; typeof at?.$ref === 'string'; hops++) {
      if (!at.$ref.startsWith('#') || hops > 50) throw new Error(`the reference ${at.$ref} cannot be followed; bundle the file first`);
      const keys = at.$ref.slice(1).split('/').slice(1);
      at = keys.reduce((below, key) => below?.[decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~')], this.#document);
    }
    return at ?? {};
  }

  /** The schemas that together are this one, references followed. */
  parts(schema, seen = new Set()) {
    const own = this.target(schema);
    if (seen.has(own)) return [];
    seen.add(own);
    const others = [...(own.allOf ?? []), ...(own.oneOf ?? []), ...(own.anyOf ?? [])];
    for (const $ref of Object.values(own.discriminator?.mapping ?? {})) if (String($ref).startsWith('#')) others.push({ $ref });
    return [own, ...others.flatMap((other) => this.parts(other, seen))];
  }

  /** The schemas of what stands at a path of a manifest; none: no such place is described. */
  at(schema, path) {
    return path === '.' ? [schema] : this.#walk([schema], path);
  }

  #walk(schemas, path) {
    const open = path.indexOf('[');
    const names = open < 0 ? path : path.slice(0, open);
    for (let end = names.length; end > 0; end = Math.max(names.lastIndexOf('.', end - 1), names.lastIndexOf(':', end - 1))) {
      const found = this.#key(schemas, names.slice(0, end));
      if (found.length === 0) continue;
      const after = end < names.length ? path.slice(end + 1) : open < 0 ? '' : path.slice(open).replace(/^\[[^\]]*\][.:]?/, '');
      const below = after === '' ? found : this.#walk(found, after);
      if (below.length > 0) return below;
    }
    return [];
  }

  #key(schemas, key) {
    return schemas.flatMap((schema) =>
      this.parts(schema).flatMap((part) => {
        if (part.items !== undefined) return this.#key([part.items], key);
        if (part.properties !== undefined && Object.hasOwn(part.properties, key)) return [part.properties[key]];
        if (typeof part.additionalProperties === 'object') return [part.additionalProperties];
        // An object of which nothing more is said may have any key.
        return part.additionalProperties === true || isOpen(part) ? [{}] : [];
      }),
    );
  }

  /** What a list holds; undefined where it is none. */
  items(schemas) {
    const lists = schemas.flatMap((schema) => this.parts(schema)).filter((part) => part.items !== undefined || isOpen(part));
    return lists.length === 0 ? undefined : lists.map((part) => part.items ?? {});
  }

  /** The values of an object that stands for a list. */
  values(schemas) {
    return schemas
      .flatMap((schema) => this.parts(schema))
      .flatMap((part) => [...Object.values(part.properties ?? {}), part.additionalProperties ?? (isOpen(part) ? {} : undefined)])
      .filter((schema) => typeof schema === 'object');
  }

  /** The closed list of words at a place, of a list those of its elements; undefined where there is none. */
  words(schemas) {
    const found = schemas
      .flatMap((schema) => this.parts(schema))
      .flatMap((part) => (part.items === undefined ? [part] : this.parts(part.items)));
    const words = found.flatMap((part) => part.enum ?? (part.const === undefined ? [] : [part.const]));
    // A text of any kind beside the words makes them examples.
    const isClosed = !found.some(
      (part) => part.enum === undefined && part.const === undefined && typesOf(part).some((type) => type !== 'null' && type !== 'array'),
    );
    return words.length > 0 && isClosed ? new Set(words.filter((word) => word !== null).map(String)) : undefined;
  }

  maximum(schema) {
    const limits = this.parts(schema).map((part) => Number(part.exclusiveMaximum === true ? part.maximum - 1 : (part.maximum ?? NaN)));
    return Math.min(...limits.filter((limit) => !Number.isNaN(limit)));
  }

  areDeprecated(schemas) {
    return schemas.length > 0 && schemas.every((schema) => isDeprecated(schema) || this.target(schema).deprecated === true);
  }
}

function typesOf({ type }) {
  return type === undefined ? [] : [type].flat();
}

function isOpen(part) {
  const says = ['properties', 'items', 'enum', 'const', 'allOf', 'oneOf', 'anyOf', '$ref'].some((key) => part[key] !== undefined);
  return !says && part.additionalProperties !== false && typesOf(part).every((type) => type === 'object');
}

function urlOf({ url = '', variables = {} }) {
  return url.replace(/\{([^{}]*)\}/g, (whole, name) =>
    /^https?:|^\//.test(variables[name]?.default ?? '') ? variables[name].default : whole,
  );
}

function parametersOf(list, schemas) {
  // What an operation says goes over what its path says.
  const all = new Map();
  for (const one of list) {
    const own = schemas.target(one);
    const content = Object.values(own.content ?? {})[0]?.schema;
    if (own.in !== undefined) all.set(`${own.in} ${own.name}`, { ...own, schema: own.schema ?? content ?? own });
  }
  return [...all.values()];
}

function jsonOf(content = {}) {
  const type = Object.keys(content).find((name) => JSON_TYPE.test(name)) ?? Object.keys(content).find((name) => name === '*/*');
  return type === undefined ? undefined : content[type].schema;
}

function bodyOf(operation, schemas) {
  const inBody = (operation.parameters ?? []).map((one) => schemas.target(one)).find((one) => one.in === 'body');
  return inBody?.schema ?? jsonOf(schemas.target(operation.requestBody).content);
}

function answerOf({ responses = {} }, schemas) {
  const status = ['200', '2XX', '2xx', ...Object.keys(responses).filter((one) => /^2\d\d$/.test(one)), 'default'].find(
    (one) => responses[one] !== undefined,
  );
  const response = schemas.target(responses[status]);
  return {
    schema: response.schema ?? jsonOf(response.content),
    headers: Object.keys(response.headers ?? {}).map((name) => name.toLowerCase()),
  };
}

/** A discovery document in the words of OpenAPI. */
function fromDiscovery({ rootUrl = '', servicePath = '', schemas = {}, resources = {}, methods = {} }) {
  const named = (thing) =>
    JSON.parse(JSON.stringify(thing ?? {}), (key, value) =>
      key === '$ref' && !value.startsWith('#') ? `#/components/schemas/${value}` : value,
    );
  const paths = {};
  const add = (group) => {
    for (const { path, httpMethod, parameters = {}, request, response, ...rest } of Object.values(group.methods ?? {})) {
      const list = Object.entries(parameters).map(([name, { location, ...schema }]) => ({
        name,
        in: location,
        deprecated: schema.deprecated,
        schema,
      }));
      paths[`/${path.replace(/\{\+/g, '{')}`] = {
        ...paths[`/${path.replace(/\{\+/g, '{')}`],
        [httpMethod.toLowerCase()]: {
          ...rest,
          parameters: list,
          ...(request === undefined ? {} : { requestBody: { content: { 'application/json': { schema: named(request) } } } }),
          responses: { 200: { content: { 'application/json': { schema: named(response) } } } },
        },
      };
    }
    for (const below of Object.values(group.resources ?? {})) add(below);
  };
  add({ methods, resources });
  return { openapi: '3.0.0', servers: [{ url: `${rootUrl}${servicePath}` }], paths, components: { schemas: named(schemas) } };
}
