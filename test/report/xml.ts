import { SaxesParser } from 'saxes';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly inside: string;
  text: string;
}

/** Parsed strictly, as XML 1.0: what is no character of it is an error. */
export function xmlOf(out: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, inside: open.at(-1)?.attributes['name'] ?? '', text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (piece) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += piece;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(out).close();
  return elements;
}
