import { attribute, isObject, type JsonObject } from './json.js';
import { numberAt } from '../../model/at.js';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:user';
/** Multi-valued attributes whose `display` is the name that people know, while `value` is an id (RFC 7643 section 4.1.2). */
const NAMED = new Set(['groups', 'roles', 'entitlements']);

interface Step {
  readonly name: string;
  /** `emails[type eq "work"]`, `emails[type=work]`: keep the elements whose sub-attribute has that value; `emails[0]`: the one at that place. */
  readonly only?: number | { readonly name: string; readonly value: string };
}

/**
 * Compiles an attribute path (RFC 7644 section 3.10): `userName`, `name.familyName`, `emails`, `emails[type eq "work"].value`, or
 * any of them behind an extension's URN and a colon. Names and URNs count in any case. A multi-valued attribute gives its
 * values, the primary one first; `a+b` gives the values of both. Undefined: the server did not send it.
 */
export function readerOf(path: string): (record: JsonObject) => unknown {
  const paths = path.includes('[') ? [path] : path.split('+');
  const readers = paths.map((one) => single(one.trim()));
  const [only, ...others] = readers;
  if (only === undefined || others.length === 0) return only ?? ((): undefined => undefined);
  return (record) => {
    const present = readers.map((read) => read(record)).filter((value) => value !== undefined && value !== null);
    return present.length === 0 ? undefined : present.flat();
  };
}

function single(path: string): (record: JsonObject) => unknown {
  const { schema, steps } = parse(path);
  const named = steps.length === 1 && NAMED.has(steps[0]?.name.toLowerCase() ?? '');
  return (record) => {
    if (schema === undefined) return plain(walk(record, steps, 0), named);
    const extension = attribute(record, schema);
    if (isObject(extension)) return plain(walk(extension, steps, 0), named);
    // `urn:...:User.department`, with a dot where the RFC has a colon.
    const dotted = steps.length > 1 ? attribute(record, `${schema}:${steps[0]?.name ?? ''}`) : undefined;
    return isObject(dotted) ? plain(walk(dotted, steps, 1), named) : undefined;
  };
}

const STEP = /([^.[\]]+)(?:\[\s*(?:(\d+)|([\w$-]+)\s*(?:=|\seq\s)\s*"?([^"\]]*)"?)\s*\])?/gi;

function parse(path: string): { readonly schema?: string; readonly steps: readonly Step[] } {
  const open = path.indexOf('[');
  const colon = (open < 0 ? path : path.slice(0, open)).lastIndexOf(':');
  const urn = colon > 0 && /^urn:/i.test(path);
  const schema = urn ? path.slice(0, colon) : undefined;
  const rest = urn ? path.slice(colon + 1) : path;
  const steps: Step[] = [];
  for (const [, name, place, sub, value] of rest.matchAll(STEP)) {
    if (name === undefined) continue;
    if (place !== undefined) steps.push({ name, only: Number(place) });
    else if (sub !== undefined) steps.push({ name, only: { name: sub, value: (value ?? '').trim() } });
    else steps.push({ name });
  }
  return schema === undefined || schema.toLowerCase() === CORE ? { steps } : { schema, steps };
}

function walk(value: unknown, steps: readonly Step[], at: number): unknown {
  const step = steps[at];
  if (step === undefined || value === undefined || value === null) return value;
  if (Array.isArray(value)) {
    // `emails.0.value`: a place, as `emails[0].value` is; no attribute is called by a number (RFC 7643 section 2.1).
    if (/^\d{1,3}$/.test(step.name)) return walk(value[Number(step.name)], steps, at + 1);
    return primaryFirst(value)
      .map((element) => walk(element, steps, at))
      .filter((found) => found !== undefined && found !== null);
  }
  // Some servers flatten `manager: {value: "7"}` to `manager: "7"`, and e-mails to plain strings.
  if (!isObject(value)) return step.name.toLowerCase() === 'value' ? value : undefined;
  const found = attribute(value, step.name);
  return walk(step.only !== undefined && Array.isArray(found) ? keep(found, step.only) : found, steps, at + 1);
}

function keep(elements: readonly unknown[], only: number | { readonly name: string; readonly value: string }): unknown[] {
  if (typeof only === 'number') return elements.slice(only, only + 1);
  return elements.filter((element) => {
    const found = isObject(element) ? attribute(element, only.name) : undefined;
    return String(found).toLowerCase() === only.value.toLowerCase();
  });
}

function plain(value: unknown, named: boolean): unknown {
  if (Array.isArray(value)) {
    return primaryFirst(value)
      .map((element) => plain(element, named))
      .filter((element) => element !== undefined && element !== null);
  }
  if (!isObject(value)) return value;
  // The default sub-attribute of a complex attribute is `value` (RFC 7643 section 2.4).
  const [first, second] = named ? ['display', 'value'] : ['value', 'display'];
  return attribute(value, first) ?? attribute(value, second);
}

/** The primary one first, then those of work; what is for home comes last. */
function primaryFirst(elements: readonly unknown[]): readonly unknown[] {
  if (elements.length < 2) return elements;
  const ranks = elements.map(rankOf);
  if (ranks.every((rank) => rank === ranks[0])) return elements;
  return elements
    .map((element, at) => ({ element, rank: numberAt(ranks, at) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ element }) => element);
}

function rankOf(element: unknown): number {
  if (!isObject(element)) return 2;
  const primary = attribute(element, 'primary');
  if (primary === true || (typeof primary === 'string' && primary.toLowerCase() === 'true')) return 0;
  const type = attribute(element, 'type');
  const sort = typeof type === 'string' ? type.toLowerCase() : '';
  return sort === 'work' ? 1 : sort === 'home' || sort === 'private' || sort === 'personal' ? 3 : 2;
}
