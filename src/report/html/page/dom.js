/** @typedef {string | Node | null | undefined} Child */

/**
 * An element. Children that are text stay text: markup in them is shown, never obeyed.
 *
 * @param {string} tag
 * @param {Readonly<Record<string, string | number | boolean | ((event: Event) => void) | undefined>>} props attributes; a function is a listener
 * @param {...(Child | readonly Child[])} children
 * @returns {HTMLElement}
 */
function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  for (const child of children.flat()) if (child !== null && child !== undefined) element.append(child);
  return element;
}

/**
 * A name that may break after its @ before it breaks anywhere else.
 *
 * @param {string} name
 * @returns {Child[]}
 */
function breakable(name) {
  return name.split(/(?<=@)/).flatMap((piece, at) => (at === 0 ? [piece] : [document.createElement('wbr'), piece]));
}

/**
 * A sentence whose dates and times of day stay in one piece: a browser would break them at their hyphens.
 *
 * @param {string} text
 * @returns {Child[]}
 */
function dated(text) {
  return text.split(/(\b\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?(?: UTC)?)?)/).map((piece, at) => (at % 2 === 0 ? piece : unbroken(piece)));
}

/** @param {string} text */
function unbroken(text) {
  return el('span', { class: 'unbroken' }, text);
}

/**
 * @param {string} selector
 * @returns {HTMLElement}
 */
function find(selector) {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return found;
}

/**
 * 12,345
 *
 * @param {number} n
 */
function count(n) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * Hours in the unit that people say.
 *
 * @param {number} hours
 */
function duration(hours) {
  const round = (/** @type {number} */ n) => Math.round(n * 10) / 10;
  if (hours >= 48) return `${round(hours / 24)} d`;
  return hours >= 1 ? `${round(hours)} h` : `${Math.round(hours * 60)} min`;
}

/**
 * @param {string | null} iso
 */
function when(iso) {
  return iso === null ? '' : iso.replace(/T(\d\d:\d\d)(:\d\d(\.\d+)?)?Z$/, ' $1 UTC');
}
