/** Elements deeper than this are no answer of an API. */
const MAX_DEPTH = 64;
const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y;
const ATTRIBUTE = /\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*')/y;
const TAG_END = /\s*\/?>/y;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Elements that are lists, and what their items are called: `{ Users: 'member' }`. */
export type XmlLists = Readonly<Record<string, string>>;

interface Open {
  readonly name: string;
  readonly children: [name: string, value: unknown][];
  text: string;
}

/**
 * An answer in XML as the value that its JSON would be: an element with elements below it is an object, one that `lists` names is a list of its
 * items, any other one is its text. Attributes do not count. Document types are refused, with the entities that they could declare.
 *
 * @throws {SyntaxError} for whatever is cut short, broken or refused
 */
export function parseXml(text: string, lists: XmlLists): unknown {
  const open: Open[] = [{ name: '', children: [], text: '' }];
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const top = open.at(-1) as Open;
    top.text += unescaped(text.slice(at, next < 0 ? text.length : next));
    if (next < 0) break;
    at = next + 1;
    if (text.startsWith('?', at)) at = after('?>');
    else if (text.startsWith('!--', at)) at = after('-->');
    else if (text.startsWith('/', at)) close();
    else begin();
  }
  const [root] = open;
  if (open.length !== 1 || root?.children.length !== 1 || root.text.trim() !== '')
    throw new SyntaxError('cut short, or more than one document');
  return Object.fromEntries(root.children);

  function after(end: string): number {
    const found = text.indexOf(end, at);
    if (found < 0) throw new SyntaxError('cut short');
    return found + end.length;
  }

  function begin(): void {
    const name = read(NAME);
    for (let found = skip(); found; found = skip());
    const isEmpty = read(TAG_END).endsWith('/>');
    if (open.length > MAX_DEPTH) throw new SyntaxError('too deep');
    open.push({ name, children: [], text: '' });
    if (isEmpty) end();
  }

  function close(): void {
    at++;
    const name = read(NAME);
    if (open.length === 1 || open.at(-1)?.name !== name) throw new SyntaxError('a tag is closed that is not open');
    read(TAG_END);
    end();
  }

  function end(): void {
    const { name, children, text: own } = open.pop() as Open;
    open.at(-1)?.children.push([name, valueOf(name, children, own)]);
  }

  function valueOf(name: string, children: Open['children'], own: string): unknown {
    const item = Object.hasOwn(lists, name) ? lists[name] : undefined;
    if (children.length > 0 && own.trim() !== '') throw new SyntaxError('text stands between elements');
    if (item === undefined && children.length === 0) return own;
    if (item === undefined) {
      const values = new Map<string, unknown[]>();
      for (const [child, value] of children) {
        const known = values.get(child);
        if (known === undefined) values.set(child, [value]);
        else known.push(value);
      }
      return Object.fromEntries([...values].map(([child, all]) => [child, all.length === 1 ? all[0] : all]));
    }
    if (own.trim() !== '' || children.some(([child]) => child !== item)) throw new SyntaxError('a list holds what is no item of it');
    return children.map(([, value]) => value);
  }

  function skip(): boolean {
    ATTRIBUTE.lastIndex = at;
    const found = ATTRIBUTE.test(text);
    if (found) at = ATTRIBUTE.lastIndex;
    return found;
  }

  function read(pattern: RegExp): string {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) throw new SyntaxError('a tag is broken');
    at += found.length;
    return found;
  }
}

function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,8}))?;?/g, (whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : undefined;
    const character = code === undefined ? ENTITIES[name ?? ''] : code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
    if (character === undefined || !whole.endsWith(';')) throw new SyntaxError('an entity is not known');
    return character;
  });
}
