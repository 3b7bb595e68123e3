import { URL, URLSearchParams } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { jsonPath } from '../../../dist/mapping/json-path.js';
import { compileRecords } from '../../../dist/manifest/ask/records.js';
import { prepare } from '../../../dist/manifest/form/request.js';
import { pagingOf } from './paging.js';
import { changeAt, putAt } from './place.js';

/** Rows a page where the request names no number: Sentry, NerdGraph. */
const USUAL = 100;
const HERE = '\u0001records\u0001';
const REFUSED = [400, 404, 410, 416, 422];

/** One list of a vendor: which requests are for it, what was recorded of its answers, and what it answers now. */
export class List {
  /** Answers as recorded, in order: the first is one with a next page, the last says as this vendor does that there is none. */
  recorded = [];
  /** Where its passes look for records in one and the same answer. */
  beside = [];
  /** What came for a page past the end, where that is refused. */
  past;
  /** JSON of the records that are served, in order. */
  texts = [];
  after;
  #pages = new Map();

  /** `plan`: { request, paging, records, values }. `passes` become the manifest's passes that ask for it. */
  constructor(base, plan) {
    const { path, query, body, headers } = prepare(plan.request, plan.values);
    this.plan = plan;
    this.passes = [];
    this.path = join(base, path);
    this.follows = plan.paging?.cursor?.request && join(base, plan.paging.cursor.request.path);
    this.query = query;
    this.body = body;
    this.paging = pagingOf(plan.paging);
    const inRequest =
      body?.limit ?? body?.MaxResults ?? body?.variables?.first ?? /batchSize=(\d+)/.exec(headers['sforce-query-options'])?.[1];
    this.size = Number(this.paging.form.size ?? inRequest ?? USUAL);
    this.recordsOf = compileRecords(plan.records);
  }

  /** Two passes that ask for the same thing get the same answer. */
  get first() {
    const { size_param: name, size } = this.paging.form;
    return JSON.stringify([this.path, [...this.query, ...(size === undefined ? [] : [[name, String(size)]])].sort(), this.body]);
  }

  /** How much of a request is this list's: -1 where it is for another. `query`: URLSearchParams. */
  fit({ path, query, body }) {
    if (path === this.follows) return 0;
    const isOurs = path === this.path && this.query.every(([name, value]) => query.getAll(name).includes(value)) && within(this.body, body);
    return isOurs ? this.query.length + JSON.stringify(this.body ?? '').length : -1;
  }

  /** @returns {{ status: number, headers: object, body: Buffer }} */
  answer(request) {
    const { offset, size } = this.paging.asked(this.paging.form, request, this);
    const key = `${offset} ${size}`;
    if (!this.#pages.has(key)) this.#pages.set(key, this.#page(request, offset, size));
    return this.#pages.get(key);
  }

  #page({ url }, offset, size) {
    const texts = this.texts.slice(offset, offset + size);
    const total = this.texts.length;
    const isPast = texts.length === 0;
    if (isPast && this.past !== undefined)
      return { status: this.past.status, headers: {}, body: Buffer.from(JSON.stringify(this.past.body)) };
    const { form, told, isEndless } = this.paging;
    const isEnd = offset + texts.length >= total;
    const isLast = isPast || (isEnd && !isEndless(form));
    const recorded = this.recorded.at(isLast ? -1 : 0);
    const isRecordedEmpty = isPast && (this.recordsOf(recorded)?.length ?? 0) === 0;
    const link = new URL(url);
    link.searchParams.set('cursor', String(offset + texts.length));
    const headers = {};
    let body = JSON.parse(JSON.stringify(recorded));
    // What another pass finds in the same answer is taken out of it: what was recorded there would come with every page.
    for (const place of this.beside.map(placeOf))
      if (place !== placeOf(this.plan.records)) changeAt(body, place, (old) => (Array.isArray(old) ? [] : undefined));
    if (!isRecordedEmpty) body = putAt(body, placeOf(this.plan.records), HERE);
    for (const [place, value] of told(form, { offset, rows: texts.length, isEnd, total, size, link: link.href })) {
      if (place?.header !== undefined) headers[place.header] = String(value);
      else if (place !== undefined)
        body = putAt(body, place, (old) => (typeof old === 'string' && typeof value === 'number' ? String(value) : value));
    }
    const [open, close] = this.plan.records.values_of === undefined ? '[]' : '{}';
    const whole = JSON.stringify(body).replace(JSON.stringify(HERE), () => `${open}${texts.join(',')}${close}`);
    return { status: 200, headers, body: Buffer.from(whole) };
  }

  /** Where the record itself says how to go on after it. */
  mark(records) {
    const place = this.paging.form.next?.last_record;
    if (place !== undefined) this.after = new Map(records.map((record, at) => [String(jsonPath(place)(record)), at + 1]));
  }
}

/** Tells the lists what was recorded of each: an exchange that none of them knows goes on with the list before it. */
export function assignRecorded(lists, exchanges) {
  let current;
  for (const { request, response } of exchanges) {
    const { status = 200, body, waits } = response;
    if (waits !== undefined) continue;
    current = listFor(lists, { ...request, query: toQuery(request.query) }) ?? current;
    if (current === undefined) continue;
    if (REFUSED.includes(status)) current.past = { status, body };
    else if (status === 200 && current.recordsOf(body) !== undefined) current.recorded.push(body);
  }
}

export function listFor(lists, request) {
  const [best] = lists.map((list) => [list.fit(request), list]).toSorted(([a], [b]) => b - a);
  return best !== undefined && best[0] >= 0 ? best[1] : undefined;
}

export const join = (base, path) => (path === '' ? base : `${base.replace(/\/$/, '')}/${path}`) || '/';
const placeOf = (records) => (typeof records === 'string' ? records : (records.values_of ?? records.path ?? '.'));
const toQuery = (query = {}) =>
  new URLSearchParams(Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one])));

/** Does the body hold all of what a list asks for? */
function within(part, whole) {
  if (part === undefined) return true;
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return isDeepStrictEqual(part, whole);
  return Object.entries(part).every(([key, value]) => within(value, whole?.[key]));
}
