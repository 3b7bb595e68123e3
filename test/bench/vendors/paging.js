import { jsonPath } from '../../../dist/mapping/json-path.js';

/**
 * How a vendor pages. `asked(form, request, list)`: which rows a request wants, { offset, size }. `told(form, page)`: what the answer says beside the
 * rows, [place, value] each; `page` is { offset, rows, isEnd, total, size, link }. A list is `endless` where only an empty page is its end.
 */
const COUNTED = {
  asked(form, request, list) {
    const size = sizeOf(form, request, list);
    const start = form.start ?? (form.isPage ? 1 : 0);
    const at = Number(read(form, request, form.param) ?? start) - start;
    return { offset: form.isPage ? at * size : at, size };
  },
  told: (form, { total, size, isEnd }) => [...ends(form, { total, isEnd }), [form.last_page, Math.ceil(total / size)]],
  isEndless: () => true,
};

const CURSOR = {
  asked(form, request, list) {
    const cursor = read(form, request, form.param);
    // A record that names the next page: the rows after it.
    const offset = cursor === undefined ? 0 : (list.after?.get(cursor) ?? Number(/\d+$/.exec(cursor)[0]));
    return { offset, size: sizeOf(form, request, list) };
  },
  told(form, { offset, rows, isEnd, total }) {
    const next = isEnd || form.next.last_record !== undefined ? [] : [[form.next, `cursor-${offset + rows}`]];
    return [...next, ...ends(form, { total, isEnd })];
  },
  isEndless: (form) => form.empty_page_is_end === true || form.next.last_record !== undefined,
};

const LINK = {
  asked: (form, request, list) => ({ offset: Number(request.query.get('cursor') ?? 0), size: sizeOf(form, request, list) }),
  isEndless: () => false,
};

const KINDS = {
  none: { asked: (form, request, list) => ({ offset: 0, size: list.texts.length }), told: () => [], isEndless: () => false },
  page: COUNTED,
  offset: COUNTED,
  scim: COUNTED,
  cursor: CURSOR,
  graphql: CURSOR,
  next_url: { ...LINK, told: (form, page) => [...(page.isEnd ? [] : [[form.path, page.link]]), ...ends(form, page)] },
  link_header: {
    ...LINK,
    told(form, page) {
      const cursor = form.param === undefined ? [] : [`; ${form.param}="${page.offset + page.rows}"`];
      const words = [...Object.entries(form.must_have ?? {}).map(([name]) => `; ${name}="${!page.isEnd}"`), ...cursor];
      // Who says in a parameter whether a link leads anywhere sends one with every page.
      const link = page.isEnd && words.length === 0 ? [] : [[{ header: 'Link' }, `<${page.link}>; rel="next"${words.join('')}`]];
      return [...link, ...ends(form, page)];
    },
  },
};

/** The paging of a manifest, in one form: { kind, form }. */
export function pagingOf(paging = 'none') {
  if (paging === 'none') return { ...KINDS.none, form: {} };
  const [[kind, form]] = Object.entries(paging);
  if (kind === 'scim')
    return { ...COUNTED, form: { param: 'startIndex', start: 1, size_param: 'count', size: 100, total: 'totalResults', ...form } };
  if (kind === 'graphql') {
    const { variable, page_info: info, total } = form;
    return {
      ...CURSOR,
      form: { next: `${info}.endCursor`, more: `${info}.hasNextPage`, param: `variables.${variable}`, in: 'body', total },
    };
  }
  return { ...KINDS[kind], form: { ...form, isPage: kind === 'page' } };
}

const read = (form, { query, body }, name) => (form.in === 'body' ? jsonPath(name)(body) : (query.get(name) ?? undefined)) ?? undefined;
const sizeOf = (form, request, list) =>
  Number((form.size_param === undefined ? undefined : read(form, request, form.size_param)) ?? list.size);
const ends = (form, { total, isEnd }) => [[form.total, total], [form.more, !isEnd], [form.done, isEnd]]; // prettier-ignore
