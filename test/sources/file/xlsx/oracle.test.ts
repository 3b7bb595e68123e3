import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import { Texts } from '../../../../src/sources/file/xlsx/texts.js';
import { TOKEN, XmlBytes } from '../../../../src/sources/file/xlsx/xml-bytes.js';
import { cases } from '../../../night.js';
import fc from '../../../property.js';

/** Tags, attributes and texts in their order, as saxes finds them. */
function ofSaxes(xml: string): string[] {
  const found: string[] = [];
  const parser = new SaxesParser();
  const text = (more: string): void => {
    const last = found.at(-1);
    if (last?.startsWith('#') === true) found[found.length - 1] = last + more;
    else found.push(`#${more}`);
  };
  parser.on('opentag', ({ name, attributes }) => found.push(`<${name.replace(/^.*:/, '')} ${Object.entries(attributes).join(' ')}`));
  parser.on('closetag', ({ name }) => found.push(`>${name.replace(/^.*:/, '')}`));
  parser.on('text', text);
  parser.on('cdata', text);
  parser.write(xml).close();
  return found;
}

/** The same, as the reader of sheets finds them, whose bytes come so many at a time. */
function ofBytes(text: string, step: number): string[] {
  const found: string[] = [];
  const xml = new XmlBytes();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += step) {
    xml.push(bytes.subarray(at, at + step));
    for (let token = xml.next(); token !== TOKEN.more; token = xml.next()) {
      if (token === TOKEN.text || token === TOKEN.cdata) {
        const texts = new Texts(8);
        texts.copyXml(xml.bytes, xml.from, xml.to, token === TOKEN.cdata);
        const more = texts.bytes.toString('utf8', 0, texts.at);
        const last = found.at(-1);
        if (last?.startsWith('#') === true) found[found.length - 1] = last + more;
        else found.push(`#${more}`);
        continue;
      }
      if (token === TOKEN.close) {
        found.push(`>${xml.name}`);
        continue;
      }
      const attributes: string[] = [];
      xml.attributes((from, to, begin, end) => {
        attributes.push(`${xml.bytes.toString('utf8', from, to)},${xml.bytes.toString('utf8', begin, end)}`);
      });
      found.push(`<${xml.name} ${attributes.join(' ')}`);
      if (token === TOKEN.alone) found.push(`>${xml.name}`);
    }
  }
  expect(xml.isDone).toBe(true);
  return found;
}

const name = fc.constantFrom('row', 'c', 'v', 'x:is', 't', 'x14ac:dyDescent');
const value = fc.constantFrom('', 'A1', 'a > b', 'ü', "it's", '/');
const attribute = fc.tuple(fc.constantFrom('r', 's', 'xml:space', 'hidden'), value).map(([key, text]) => `${key}="${text}"`);
const leaf = fc.oneof(
  fc.constantFrom(
    'text',
    'a &amp; b',
    '&lt;&#x41;&#8364;&quot;',
    'zwei\r\nZeilen\rund',
    'ü',
    '北',
    '<!-- <c> -->',
    '<![CDATA[<v> & ]] ]]>',
    '<?pi > ?>',
    '  ',
  ),
  name.map((tag) => `<${tag}/>`),
);
const { node } = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc
      .tuple(name, fc.option(attribute), fc.array(tie('node'), { maxLength: 4 }))
      .map(([tag, own, inner]) => `<${tag}${own === null ? '' : ` ${own}`}>${inner.join('')}</${tag}>`),
  ),
}));

it('finds what a whole parser of XML finds, wherever its bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(node, { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), (nodes, step) => {
      const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet>${nodes.join('')}</worksheet>\n`;
      const around = (list: string[]): string[] => list.filter((one) => one.trim() !== '#' && one !== '');
      expect(around(ofBytes(xml, step))).toEqual(around(ofSaxes(xml)));
    }),
    { numRuns: cases(3000, 300) },
  );
});
