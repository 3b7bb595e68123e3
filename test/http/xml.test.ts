import { describe, expect, it } from 'vitest';
import { parseXml } from '../../src/http/xml.js';
import fc from '../property.js';

const LISTS = { Users: 'member' };
const users = (inner: string): string => `<R xmlns="https://iam.example/doc/"><Users>${inner}</Users></R>`;

describe('an answer in XML', () => {
  it.each<[string, string, unknown]>([
    ['a list of one', users('<member><Id>1</Id></member>'), { R: { Users: [{ Id: '1' }] } }],
    ['a list of several', users('<member><Id>1</Id></member>\n <member><Id>2</Id></member>'), { R: { Users: [{ Id: '1' }, { Id: '2' }] } }],
    ['a list of none', '<R><Users/></R>', { R: { Users: [] } }],
    ['a list of none, with space in it', '<R><Users>\n</Users></R>', { R: { Users: [] } }],
    ['no list', '<R><Id/></R>', { R: { Id: '' } }],
    [
      'a declaration, comments and attributes',
      '<?xml version="1.0" encoding="UTF-8"?>\n<!-- <a> -->\n<R a = "<>" b=\'/>\'  ><Id x="1" /></R>\n',
      undefined,
    ],
    ['attributes with all that they may hold', '<R a="&lt;/>" b = \'"\'><Id x="1" >7</Id ></R>', { R: { Id: '7' } }],
    ['entities', '<R>a&lt;b&amp;amp;&#65;&#x1F600;&quot;&apos;&gt;</R>', { R: 'a<b&amp;A😀"\'>' }],
    ['elements that stand twice', '<R><a>1</a><a>2</a><b>3</b></R>', { R: { a: ['1', '2'], b: '3' } }],
    ['names that objects inherit', '<R><__proto__><x>1</x></__proto__></R>', JSON.parse('{"R":{"__proto__":{"x":"1"}}}')],
  ])('%s', (_, text, expected) => {
    if (expected === undefined) expect(() => parseXml(text, LISTS)).toThrow(SyntaxError);
    else expect(parseXml(text, LISTS)).toEqual(expected);
  });

  it.each([
    ['cut short', users('<member><Id>1</Id>').slice(0, -8)],
    ['nothing', ''],
    ['text', 'Service Unavailable'],
    ['two documents', '<R/><R/>'],
    ['text behind it', '<R/>x'],
    ['closed twice', '<R></R></R>'],
    ['crossed', '<a><b></a></b>'],
    ['a document type', '<!DOCTYPE r [<!ENTITY a "b">]><R>&a;</R>'],
    ['an entity that nobody declared', '<R>&a;</R>'],
    ['an ampersand', '<R>a & b</R>'],
    ['text between elements', '<R>x<a/></R>'],
    ['a list with something else in it', users('<member/><other/>')],
    ['text in a list', users('x')],
    ['a broken tag', '<R a=1/>'],
    ['a comment without an end', '<R/><!-- '],
    ['too deep', '<a>'.repeat(100) + '</a>'.repeat(100)],
  ])('is refused: %s', (_, text) => {
    expect(() => parseXml(text, LISTS)).toThrow(SyntaxError);
  });

  it('says what was written, whatever it is, and of no part of it that it is the whole', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 8 }).map((one) => one.replaceAll(/[\p{Cc}\p{Cs}]/gu, ''));
    const escaped = (one: string): string => one.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    fc.assert(
      fc.property(fc.array(fc.record({ Id: text, Name: text }), { maxLength: 5 }), fc.nat(), (all, cut) => {
        const whole = users(all.map(({ Id, Name }) => `<member><Id>${escaped(Id)}</Id><Name>${escaped(Name)}</Name></member>`).join(''));
        expect(parseXml(whole, LISTS)).toEqual({ R: { Users: all } });
        expect(() => parseXml(whole.slice(0, cut % whole.length), LISTS)).toThrow(SyntaxError);
      }),
    );
  });

  it('is read in time that grows with its length alone', () => {
    const many = users('<member><Id>1</Id></member>'.repeat(100_000));
    expect((parseXml(many, LISTS) as { R: { Users: unknown[] } }).R.Users).toHaveLength(100_000);
    expect(() => parseXml(`<R${' '.repeat(200_000)}`, LISTS)).toThrow(SyntaxError);
    expect((parseXml(`<R>${'<a>1</a>'.repeat(100_000)}</R>`, LISTS) as { R: { a: unknown[] } }).R.a).toHaveLength(100_000);
  });
});
