import { describe, expect, it } from 'vitest';
import { Redactor } from '../../src/model/redactor.js';
import { csvField, jsonText, markdownCode, visible } from '../../src/report/escape.js';
import fc from '../property.js';

const SECRET = 'xoxb-7/a+B"c&d<e> ü\\f=g';
const redactor = new Redactor([SECRET]);

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a redactor', () => {
  it.each<[string, string]>([
    ['as it is', SECRET],
    ['in upper case', SECRET.toUpperCase()],
    ['in lower case', SECRET.toLowerCase()],
    ['percent-encoded', encodeURIComponent(SECRET)],
    ['percent-encoded in lower case', encodeURIComponent(SECRET).toLowerCase()],
    ['percent-encoded twice', encodeURIComponent(encodeURIComponent(SECRET))],
    ['form-encoded', new URLSearchParams({ a: SECRET }).toString().slice(2)],
    ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
    ['in JSON with slashes escaped', JSON.stringify(SECRET).slice(1, -1).replaceAll('/', '\\/')],
    ['in JSON of another hand', SECRET.replace(/[^A-Za-z0-9]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)],
    ['in HTML', SECRET.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')],
    ['in HTML by numbers', SECRET.replace(/[^A-Za-z0-9]/g, (c) => `&#${c.charCodeAt(0)};`)],
    ['in HTML by hex numbers', SECRET.replace(/[^A-Za-z0-9]/g, (c) => `&#x${c.charCodeAt(0).toString(16).toUpperCase()};`)],
    ['in a CSV field', csvField(SECRET).slice(1, -1)],
    ['in a Markdown code span', markdownCode(SECRET)],
    ['made visible', visible(SECRET)],
    ['in our JSON', jsonText(SECRET).slice(1, -1)],
    ['in base64', base64(SECRET)],
    ['in base64 of URLs', Buffer.from(SECRET).toString('base64url')],
    ['in base64, in lower case', base64(SECRET).toLowerCase()],
  ])('takes a secret out: %s', (_, form) => {
    expect(redactor.redact(`before ${form} after`).replaceAll('`', '')).toBe('before *** after');
  });

  it.each(['', 'u', 'us', 'user'])('finds a secret inside the base64 of a longer text, behind %j', (before) => {
    const shown = redactor.redact(base64(`${before}:${SECRET}:after`));
    expect(shown).toContain('***');
    expect(Buffer.from(shown.replaceAll('***', ''), 'base64').toString('latin1')).not.toContain('a+B"c&d');
  });

  it('takes a key of several lines out, and each of its lines', () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(63)}1\n${'B'.repeat(63)}2\n-----END PRIVATE KEY-----\n`;
    const one = new Redactor([key]);
    expect(one.redact(`x ${key.trimEnd().replaceAll('\n', '\\n')}`)).not.toMatch(/A{10}|B{10}/);
    expect(one.redact(`x ${'B'.repeat(63)}2 y`)).toBe('x *** y');
  });

  it('leaves other text alone, and does not tear holes for a word of three letters', () => {
    expect(new Redactor(['abc', '']).redact('abcdef')).toBe('abcdef');
    expect(redactor.redact('nothing of xoxb-7 here')).toBe('nothing of xoxb-7 here');
  });

  it('learns of secrets while it works', () => {
    const growing = new Redactor();
    expect(growing.redact('token-1')).toBe('token-1');
    growing.add(['token-1']);
    growing.add(['token-22']);
    expect(growing.redact('token-1 TOKEN-22')).toBe('*** ***');
  });

  it('takes any secret out of any text, in every form that is written here', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, maxLength: 40, unit: 'grapheme' }), (secret) => {
        const one = new Redactor([secret]);
        for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64(secret)])
          expect(one.redact(`<${form}>`)).toMatch(/\*\*\*/);
      }),
    );
  });
});
