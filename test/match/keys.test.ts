import { describe, expect, it } from 'vitest';
import { foldKey } from '../../src/match/keys.js';
import { fold } from '../../src/model/fold.js';

describe('folding', () => {
  it.each([
    ['Ada@Corp.Example ', 'ada@corp.example'],
    ['STRASSE', 'straße'],
    ['\u1e9eX', 'ssx'],
    ['Σίσυφος', 'ΣΊΣΥΦΟΣ'],
    ['e\u0301', '\u00e9'],
    ['ﬀ', 'ﬀ'],
    ['ada\u200b@corp.example\u00ad', 'ada@corp.example'],
    ['\u202aada@corp.example\u202c', 'ada@corp.example'],
    ['\ufeff \u200eada@corp.example\u00a0\u200b', 'ada@corp.example'],
  ])('%j and %j are one key', (a, b) => {
    expect(fold(a)).toBe(fold(b));
  });

  it.each([
    ['ı', 'i'],
    ['ørsted', 'orsted'],
    ['Müller', 'Muller'],
    ['李雷', '韩梅梅'],
    ['а', 'a'], // Cyrillic and Latin
  ])('%j and %j stay two', (a, b) => {
    expect(fold(a)).not.toBe(fold(b));
  });

  it('asks no locale: the dotted capital I folds the same everywhere', () => {
    expect(fold('İ')).toBe('i\u0307');
    expect(fold('I')).toBe('i');
  });
});

describe('a key', () => {
  it.each([
    '',
    ' ',
    '\u200b',
    'N/A\u200e',
    'N/A',
    'n/a',
    'none',
    'NULL',
    '0',
    '000',
    '-',
    'unknown',
    'noreply@corp.example',
    'No-Reply@corp.example',
    '@corp.example',
    '#N/A',
  ])('%j names nobody', (text) => {
    expect(foldKey(text)).toBeUndefined();
  });

  it('brings the domain to ASCII, and takes mailto: away', () => {
    expect(foldKey('Jörg@BÜCHER.example')).toBe('jörg@xn--bcher-kva.example');
    expect(foldKey('mailto:ada@corp.example')).toBe('ada@corp.example');
  });

  it('ignores tags, dots and domains only where the config says so', () => {
    const rules = { plus: new Set(['corp.example']), dots: new Set(['corp.example']), same: new Map([['corp.test', 'corp.example']]) };
    expect(foldKey('a.da+x@corp.example')).toBe('a.da+x@corp.example');
    expect(foldKey('a.da+x@corp.example', rules)).toBe('ada@corp.example');
    expect(foldKey('ada@corp.test', rules)).toBe('ada@corp.example');
    expect(foldKey('a.da+x@other.example', rules)).toBe('a.da+x@other.example');
  });
});
