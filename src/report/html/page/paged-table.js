/**
 * @template Row
 * @typedef {{ head: string, cell: (row: Row) => Child | Child[], key?: (row: Row) => string | number, numeric?: boolean }} TableColumn
 */

/** Rows on one page of a list; on paper there are no further pages to turn to. */
const PAGE_ROWS = 50;
const PRINT_ROWS = 2000;

/** Every table that is shown, so that it can be drawn longer for printing. */
/** @type {Set<(rows: number) => void>} */
const drawn = new Set();

/**
 * A table that shows a page of its rows at a time, sorts by its heads, and opens what is behind a row.
 *
 * @template Row
 * @param {{ caption: string, columns: TableColumn<Row>[], rows: readonly Row[], detail?: (row: Row) => Child[] }} options
 * @returns {{ element: HTMLElement, show: (rows: readonly Row[]) => void }}
 */
function pagedTable({ caption, columns, rows: given, detail }) {
  let rows = given;
  let sorted = given;
  let page = 0;
  let perPage = PAGE_ROWS;
  /** @type {{ column: number, down: boolean } | null} */
  let order = null;

  const body = el('tbody');
  const pager = el('nav', { class: 'pager', 'aria-label': `Pages: ${caption}` });
  const heads = columns.map(({ head, key, numeric }, i) => {
    const props = { scope: 'col', class: numeric === true ? 'num' : undefined };
    return key === undefined ? el('th', props, head) : el('th', props, el('button', { type: 'button', click: () => sortBy(i) }, head));
  });
  if (detail !== undefined) heads.unshift(el('th', { scope: 'col', class: 'toggle' }, el('span', { class: 'unseen' }, 'more')));
  const table = el('table', {}, el('caption', { class: 'unseen' }, caption), el('thead', {}, el('tr', {}, ...heads)), body);
  const element = el(
    'div',
    { class: 'paged' },
    el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption }, table),
    pager,
  );

  /** @param {number} column */
  function sortBy(column) {
    order = { column, down: order?.column === column ? !order.down : false };
    page = 0;
    arrange();
  }

  function arrange() {
    heads.forEach((head) => head.removeAttribute('aria-sort'));
    const key = order === null ? undefined : columns[order.column]?.key;
    if (order === null || key === undefined) sorted = rows;
    else {
      const sign = order.down ? -1 : 1;
      const keyed = rows.map((row) => /** @type {const} */ ([key(row), row]));
      keyed.sort(([a], [b]) => (a < b ? -sign : a > b ? sign : 0));
      sorted = keyed.map(([, row]) => row);
      const place = order.column + (detail === undefined ? 0 : 1);
      heads[place]?.setAttribute('aria-sort', order.down ? 'descending' : 'ascending');
    }
    draw();
  }

  function draw() {
    const pages = Math.max(1, Math.ceil(sorted.length / perPage));
    page = Math.min(page, pages - 1);
    const from = page * perPage;
    body.replaceChildren(...sorted.slice(from, from + perPage).flatMap(drawRow));
    const to = Math.min(sorted.length, from + perPage);
    const button = (/** @type {string} */ text, /** @type {number} */ target) =>
      el('button', { type: 'button', disabled: target < 0 || target >= pages, click: () => turn(target) }, text);
    const place = el('span', {}, sorted.length === 0 ? 'none' : `${count(from + 1)} to ${count(to)} of ${count(sorted.length)}`);
    pager.replaceChildren(...(pages > 1 ? [button('Previous', page - 1), place, button('Next', page + 1)] : [place]));
  }

  /** @param {number} target */
  function turn(target) {
    page = target;
    draw();
    element.scrollIntoView({ block: 'start' });
  }

  /**
   * @param {Row} row
   * @returns {HTMLElement[]}
   */
  function drawRow(row) {
    const cells = columns.map(({ cell, numeric }) => el('td', { class: numeric === true ? 'num' : undefined }, cell(row)));
    if (detail === undefined) return [el('tr', {}, ...cells)];
    const behind = el('tr', { class: 'behind', hidden: true });
    const button = el('button', {
      type: 'button',
      class: 'unfold',
      'aria-expanded': 'false',
      'aria-label': 'What is behind this row',
      click: () => {
        const opens = behind.hidden;
        if (opens && behind.childElementCount === 0) behind.append(el('td', { colspan: columns.length + 1 }, ...detail(row)));
        behind.hidden = !opens;
        button.setAttribute('aria-expanded', String(opens));
      },
    });
    return [el('tr', {}, el('td', { class: 'toggle' }, button), ...cells), behind];
  }

  drawn.add((n) => {
    perPage = n;
    page = 0;
    draw();
  });
  arrange();
  return {
    element,
    show: (next) => {
      rows = next;
      page = 0;
      arrange();
    },
  };
}

addEventListener('beforeprint', () => drawn.forEach((draw) => draw(PRINT_ROWS)));
addEventListener('afterprint', () => drawn.forEach((draw) => draw(PAGE_ROWS)));
