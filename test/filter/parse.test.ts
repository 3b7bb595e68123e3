import { describe, expect, it } from 'vitest';
import { FilterError, parseFilter, type FilterNode } from '../../src/filter/parse.js';
import { printFilter } from '../../src/filter/print.js';

const shape = (text: string): string => printFilter(parseFilter(text));

/** The mistake as `offset: message`. */
function mistake(text: string): string {
  try {
    parseFilter(text);
  } catch (error) {
    if (error instanceof FilterError) return `${error.offset}: ${error.message}`;
    throw error;
  }
  throw new Error(`taken as a filter: ${text}`);
}

describe('the examples of RFC 7644 section 3.4.2.2', () => {
  // Figure 1 and the list before it, verbatim; the two of them with `emails.type eq` in other figures are section 3.4.3's.
  it.each([
    'userName eq "bjensen"',
    'name.familyName co "O\'Malley"',
    'userName sw "J"',
    'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"',
    'title pr',
    'meta.lastModified gt "2011-05-13T04:42:34Z"',
    'meta.lastModified ge "2011-05-13T04:42:34Z"',
    'meta.lastModified lt "2011-05-13T04:42:34Z"',
    'meta.lastModified le "2011-05-13T04:42:34Z"',
    'title pr and userType eq "Employee"',
    'title pr or userType eq "Intern"',
    'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
    'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
    'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
    'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
    'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
  ])('%s', (text) => {
    expect(shape(text).replaceAll('(', '').replaceAll(')', '')).toBe(text.replaceAll('(', '').replaceAll(')', ''));
  });

  it('with one pair of parentheses after and', () => {
    expect(parseFilter('userType eq "Employee" and (emails.type eq "work")')).toMatchObject({
      op: 'and',
      nodes: [
        { op: 'eq', path: 'userType', value: 'Employee' },
        { op: 'eq', path: 'emails.type', value: 'work' },
      ],
    });
  });
});

describe('precedence', () => {
  it.each([
    ['a pr or b pr and c pr', 'a pr or (b pr and c pr)'],
    ['a pr and b pr or c pr', '(a pr and b pr) or c pr'],
    ['not (a pr) and b pr', '(not (a pr)) and b pr'],
    ['a pr and not (b pr) or c pr', '(a pr and (not (b pr))) or c pr'],
    ['((a pr))', 'a pr'],
  ])('%s is %s', (bare, bracketed) => {
    const bareNode = parseFilter(bare);
    expect(printFilter(bareNode)).toBe(shape(bracketed));
    expect(bareNode.op).toBe(parseFilter(bracketed).op);
  });

  it('of parentheses over and', () => {
    const node = parseFilter('(a pr or b pr) and c pr') as FilterNode & { op: 'and' };
    expect(node.op).toBe('and');
    expect(node.nodes.map((part) => part.op)).toEqual(['or', 'pr']);
  });
});

describe('the notation', () => {
  it('takes operators and keywords in any case', () => {
    expect(shape('a EQ TRUE And NOT(b Pr) oR c nE NULL and d eq False')).toBe('a eq true and not (b pr) or c ne null and d eq false');
  });

  it('takes any white space, also where YAML folded a line', () => {
    expect(shape('  a\teq\n"x"\r\n  and   b   pr ')).toBe('a eq "x" and b pr');
  });

  it('reads text as JSON does', () => {
    expect(parseFilter(String.raw`a eq "\"\\\/\u0041\n\ud83d\ude00é"`)).toMatchObject({ value: '"\\/A\n😀é' });
  });

  it('reads numbers as JSON does', () => {
    for (const [text, value] of [['0', 0], ['-12', -12], ['1.5', 1.5], ['1E3', 1000], ['2e-2', 0.02]] as const) {
      expect(parseFilter(`a eq ${text}`)).toMatchObject({ value });
    }
  }); // prettier-ignore

  it('takes keywords as names where a name stands', () => {
    expect(shape('and eq "x" and or pr or not eq 1 and pr pr')).toBe('and eq "x" and or pr or not eq 1 and pr pr');
  });

  it('takes names with digits, - _ and $, and one that only begins with a keyword', () => {
    expect(shape('cost_center-2 pr and meta.$ref pr and order pr and nothing pr')).toBe(
      'cost_center-2 pr and meta.$ref pr and order pr and nothing pr',
    );
  });

  it('says where each attribute and value stands', () => {
    expect(parseFilter('(title pr and userName eq "j")')).toMatchObject({
      nodes: [
        { at: 1 },
        { at: 14, valueAt: 26 },
      ],
    }); // prettier-ignore
  });
});

describe('mistakes say what was expected, what stands there, and where', () => {
  it.each([
    ['', '0: expected an attribute, got the end'],
    ['   ', '3: expected an attribute, got the end'],
    ['a', '1: expected one of eq, ne, co, sw, ew, gt, ge, lt, le, pr, got the end'],
    ['a eq', '4: expected a value: "text" in double quotes, a number, true, false or null, got the end'],
    ['a eq active', '5: expected a value: "text" in double quotes, a number, true, false or null, got "active"'],
    ["a eq 'x'", '5: expected a value'],
    ['a eq “x”', '5: expected a value: "text" in double quotes, a number, true, false or null, got "\\u{201c}x\\u{201d}"'],
    ['a eq "x', '5: expected a value'],
    ['a eq "\\x"', '5: expected a value'],
    ['a eq "\n"', '5: expected a value'],
    ['a eq 01', '5: expected a value'],
    ['a eq .5', '5: expected a value'],
    ['a eq 1.', '5: expected a value'],
    ['a eq "x"and b pr', '8: expected a space after the value, got "and b pr"'],
    ['a eq "x" garbage', '9: expected and, or, or the end, got "garbage"'],
    ['a eq "x" not b pr', '9: expected and, or, or the end, got "not b pr"'],
    ['a pr b pr', '5: expected and, or, or the end, got "b pr"'],
    ['a pr and', '8: expected an attribute, got the end'],
    ['a pr and and b pr', '13: expected one of'],
    ['a pr && b pr', '5: expected and, or, or the end'],
    ['(a pr', '5: expected and, or, or the ) for offset 0, got the end'],
    ['a pr)', '4: expected and, or, or the end, got ")"'],
    ['()', '1: expected an attribute, got ")"'],
    ['not a pr', '4: expected ( after not, got "a pr"'],
    ['a = "x"', '2: expected one of'],
    ['a eqq "x"', '2: expected one of'],
    ['a prx', '2: expected one of'],
    ['a.b.c eq 1', '0: expected an attribute with at most one sub-attribute, got "a.b.c eq 1"'],
    ['a. eq 1', '0: expected an attribute with at most one sub-attribute'],
    ['1a eq 1', '0: expected an attribute'],
    ['a:b eq 1', '0: expected an attribute'],
    ['emails[', '7: expected a sub-attribute, got the end'],
    ['emails[]', '7: expected a sub-attribute, got "]"'],
    ['emails[type eq "work"', '21: expected and, or, or the ] for offset 6, got the end'],
    ['emails[type eq "work")', '21: expected and, or, or the ] for offset 6'],
    ['emails[type[a pr]]', '11: expected one of'],
    ['emails[a.b pr]', '7: expected a sub-attribute'],
    ['emails[type eq "work"].value pr', '22: expected and, or, or the end: test a sub-attribute inside of the brackets'],
  ])('%j', (text, expected) => {
    expect(mistake(text).startsWith(expected), mistake(text)).toBe(true);
  });

  it('shows what could move a cursor by its number, on one line', () => {
    expect(mistake('a eq \u001b[31m\u202e\n')).toMatch(/got "\\u001b\[31m\\u\{202e\}\\n"$/);
  });
});

describe('hostile text', () => {
  const nested = (open: string, depth: number, close: string): string => open.repeat(depth) + 'a pr' + close.repeat(depth);

  it('is read down to 64 levels, and refused below', () => {
    expect(shape(nested('(', 64, ')'))).toBe('a pr');
    expect(mistake(nested('(', 65, ')'))).toBe('65: expected at most 64 levels of nesting');
    expect(mistake(nested('not(', 100, ')'))).toContain('at most 64 levels');
    expect(mistake('('.repeat(8_000))).toContain('at most 64 levels');
  });

  it('is read up to 8192 characters, and refused beyond', () => {
    const long = `a eq "${'x'.repeat(8_192 - 7)}"`;
    expect(parseFilter(long)).toMatchObject({ op: 'eq' });
    expect(mistake(`${long} `)).toBe('8192: expected at most 8192 characters, got 8193');
  });

  it('costs linear time: a backslash run, a long urn, a long name, a long list', () => {
    for (const text of [
      `a eq "${'\\'.repeat(8_000)}`,
      `urn:${'a:'.repeat(4_000)}`,
      `urn:${'a'.repeat(8_000)}`,
      `a.${'a.'.repeat(4_000)}`,
      ' '.repeat(8_192),
    ]) {
      const before = process.cpuUsage();
      expect(mistake(text)).toContain('expected');
      expect(process.cpuUsage(before).user).toBeLessThan(100_000);
    }
    expect(shape(Array.from({ length: 900 }, () => 'ab pr').join(' or '))).toContain('ab pr or ab pr');
  });
});
