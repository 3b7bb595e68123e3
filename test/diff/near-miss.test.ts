import { describe, expect, it } from 'vitest';
import { numbersOf, otherReadings } from '../../src/diff/number-keys.js';
import { nearMisses } from '../../src/diff/settle/near-miss.js';
import { PersonIndex } from '../../src/match/person-index.js';
import { Standing } from '../../src/match/standing.js';
import type { Person } from '../../src/model/person.js';
import { account, NOW, person, POLICY, RULES } from '../in-memory.js';

describe('how a number may be written elsewhere', () => {
  const readings = (text: string): Record<string, string> => Object.fromEntries([...otherReadings(text)].map(({ key, why }) => [key, why]));
  const keys = (text: string): string[] => Object.keys(readings(text)).sort();
  const PLAIN = 'if the number were written without decimals and separators';
  const ZEROS = 'if leading zeros were ignored';

  it.each<[text: string, key: string, why: string]>([
    ['1001.0', '1001', PLAIN],
    ['1001,00', '1001', PLAIN],
    ['1,001', '1001', PLAIN],
    ['1.001.002', '1001002', PLAIN],
    ["1'001", '1001', PLAIN],
    ['1 001', '1001', PLAIN],
    ["'1001", '1001', 'if the apostrophe before the number were ignored'],
    ["'1001.0", '1001', PLAIN],
    ['1.001E+3', '1001', PLAIN],
    ['1,001e3', '1001', PLAIN],
    ['2e3', '2000', PLAIN],
    ['001001', '1001', ZEROS],
    ['0000001001', '1001', ZEROS],
    ["'123", '123', 'if the apostrophe before the number were ignored'],
    ['1001', '0000001001', ZEROS],
    ['1001', '1001.0', 'if 1001.0 were read as the number 1001'],
    ['1001', "'1001", "if '1001 were read as the number 1001"],
    ['1001', '1001,0', 'if 1001,0 were read as the number 1001'],
    ['1001', '1,001', 'if 1,001 were read as the number 1001'],
    ['1001', '1.001', 'if 1.001 were read as the number 1001'],
    ['1001', '1 001', 'if 1 001 were read as the number 1001'],
    ['1234567', '1,234,567', 'if 1,234,567 were read as the number 1234567'],
    ['１００１', '1001', 'if its digits were written as usual'],
    ['1001-2', '1001', 'if what follows the number were ignored'],
    ['1001/12', '1001', 'if what follows the number were ignored'],
    ['E1001', '1001', 'if the letters around the number were ignored'],
    ['1001ext', '1001', 'if the letters around the number were ignored'],
  ])('%s: %s', (text, key, why) => {
    expect(readings(text)[key]).toBe(why);
  });

  it.each<[what: string, text: string, keys: string[]]>([
    ['a word', 'ada', []],
    ['few digits behind letters', 'E100', []],
    ['few digits before a suffix', '100-2', []],
    ['a suffix that is long', '1001-123', []],
    ['an exponent that has lost digits', '1.0012e3', []],
    ['more than ten digits are not padded', '12345678901', ["'12345678901", '12 345 678 901', '12,345,678,901', '12.345.678.901', '12345678901,0', '12345678901.0']],
    ['ten digits are as long as padded ones get', '1234567890', ["'1234567890", '1 234 567 890', '1,234,567,890', '1.234.567.890', '1234567890,0', '1234567890.0']],
    ['letters and digits', 'E1001', ['1001']],
    ['many letters and digits', 'EMP1001', ['1001']],
    ['digits and letters', '1001ext', ['1001']],
    ['what is in groups of other lengths', '1234.567', []],
    ['a decimal', '1.2', []],
    ['a decimal that is none of zeros', '1001.05', []],
    ['groups and letters', '1.001x', []],
    ['letters and groups', 'x1.001', []],
    ['letters and decimals', 'a1001.0', []],
    ['letters before a suffix', 'a1001-2', []],
    ['digits among letters and digits', 'x1y1001', []],
    ['digits between letters', 'e1001x', []],
    ['digits, letters and digits', '1001ext5', []],
    ['no exponent: two digits before the point', '11.5e3', []],
    ['no exponent: a letter behind it', '1.5e3x', []],
    ['an exponent of two digits', '1e10', ["'10000000000", '10 000 000 000', '10,000,000,000', '10.000.000.000', '10000000000', '10000000000,0', '10000000000.0']],
    ['a group of two digits', '12.345', ["'12345", '0000012345', '000012345', '00012345', '0012345', '012345', '12 345', '12,345', '12345', '12345,0', '12345.0']],
    ['zeros within', '1050', ["'1050", '0000001050', '000001050', '00001050', '0001050', '001050', '01050', '1 050', '1,050', '1.050', '1050,0', '1050.0']],
    ['not itself', '1050.0', ["'1050", '0000001050', '000001050', '00001050', '0001050', '001050', '01050', '1 050', '1,050', '1.050', '1050', '1050,0']],
    ['more than ten digits, be they zeros', '00000001001', ["'00000001001", '00 000 001 001', '00,000,001,001', '00.000.001.001', '00000001001,0', '00000001001.0']],
    ['zeros alone', '000', ["'000", '000,0', '000.0']],
    ['three digits are not grouped', '123', ["'123", ...['0000000123', '000000123', '00000123', '0000123', '000123', '00123', '0123'], '123,0', '123.0']],
  ])('nothing more: %s', (_, text, expected) => {
    expect(keys(text)).toEqual([...expected].sort());
  }); // prettier-ignore

  it('is asked of what has digits, by the rules in use and by the employee number', () => {
    const of = account('a', { externalId: 'x9', employeeId: '1001', userName: 'ada', emails: ['e1@corp.example'] });
    expect(numbersOf(of, RULES)).toEqual([
      { word: 'id', text: 'x9' },
      { word: 'employeeId', text: '1001' },
    ]);
    expect(numbersOf(of, [])).toEqual([{ word: 'employeeId', text: '1001' }]);
    expect(numbersOf(account('a', { employeeId: 'none' }), [])).toEqual([]);
    expect(numbersOf(account('a'), RULES)).toEqual([]);
    const rule = (own: string, other: string) => ({ name: '', account: own, person: other });
    expect(numbersOf(of, [rule('email', 'id'), rule('alias', 'id'), rule('externalId', 'email'), rule('externalId', 'alias')])).toEqual([{ word: 'employeeId', text: '1001' }]);
    expect(numbersOf(of, [rule('employeeId', 'id')])).toEqual([{ word: 'id', text: '1001' }, { word: 'employeeId', text: '1001' }]);
    expect(numbersOf(account('a', { employeeId: '1'.repeat(33) }), [])).toEqual([]);
    expect(numbersOf(account('a', { employeeId: '1'.repeat(32) }), [])).toHaveLength(1);
  }); // prettier-ignore
});

describe('near misses', () => {
  const standingOf = (people: readonly Person[]): Standing => {
    const index = new PersonIndex(RULES.map((rule) => rule.person));
    const source = index.addSource('hr');
    for (const one of people) index.add(one, source);
    return new Standing(index, NOW, POLICY.leavers);
  };
  const ada = person('ada', { emails: ['ada.low@corp.example'], userName: 'adal', employeeId: '1001' });
  const bo = person('bo', { emails: ['bolt@corp.example'], userName: 'bolt' });
  const cy = person('cy', { emails: ['cy@other.example'] });
  const nemo = person('nemo', { emails: undefined, userName: "o'neil" });
  const oona = person('oona', { emails: ["o'n@corp.example"], userName: 'o99' });
  const standing = standingOf([ada, bo, cy, nemo, oona]);
  const hints = (shown: { email?: string; userName?: string }, number?: string, of = standing): string[] =>
    nearMisses(of, [
      {
        draft: {
          class: 'orphaned',
          reason: 'no-owner',
          app: 'app',
          summary: '',
          account: { id: 'a', status: 'active', kind: 'human', ...shown },
        },
        human: true,
        numbers: number === undefined ? [] : [{ word: 'employeeId', text: number }],
      },
    ])[0] ?? [];

  it.each<[what: string, shown: Parameters<typeof hints>[0], expected: string[]]>([
    ['a tag', { email: 'ada.low+crm@corp.example' }, ['would match adal (ada) if `+tag` were ignored']],
    ['another domain', { email: 'ada.low@other.example' }, ['would match adal (ada) if other.example and corp.example were one domain']],
    ['a tag and another domain', { email: 'ada.low+x@new.example' }, ['would match adal (ada) if new.example and corp.example were one domain']],
    ['the user name before @', { email: 'adal@new.example' }, ['would match adal (ada) if the part before @ were the user name']],
    ['dots', { email: 'bo.lt@corp.example' }, ['would match bolt (bo) if dots were ignored']],
    ['a user name that is part of an address', { userName: 'ada.low' }, ['would match adal (ada) if it were the part before @corp.example']],
    ['a prefix of a domain', { userName: 'CORP\\adal' }, ['would match adal (ada) if what stands around the name were ignored']],
    ['an LDAP name', { userName: 'uid=adal,ou=people' }, ['would match adal (ada) if what stands around the name were ignored']],
    ['a provider before it', { userName: 'saml|ada.low@corp.example' }, ['would match adal (ada) if only the address in it counted']],
    ['a guest of Entra', { userName: 'ada.low_corp.example#EXT#@new.example' }, ['would match adal (ada) if it were the guest account of this address']],
    ['an LDAP name with a space', { userName: 'cn=adal ,ou=people' }, ['would match adal (ada) if what stands around the name were ignored']],
    ['an LDAP name of Windows', { userName: 'sAMAccountName=adal' }, ['would match adal (ada) if what stands around the name were ignored']],
    ['a name of no meaning', { userName: 'xuid=adal' }, []],
    ['a path', { userName: 'a/b:c|adal' }, ['would match adal (ada) if what stands around the name were ignored']],
    ['a name within a path', { userName: 'a/adal/x' }, []],
    ['a provider and a user name that looks like an address', { userName: 'saml|x@y', email: 'adal@y' }, ['would match adal (ada) if the part before @ were the user name']],
    ['an address at the end of a sentence', { userName: 'by bo.x <bolt@corp.example.' }, ['would match bolt (bo) if only the address in it counted']],
    ['a quote within an address', { userName: "saml|o'n@corp.example" }, ["would match o99 (oona) if only the address in it counted"]],
    ['a tag at a domain of the directory', { email: 'cy+x@other.example' }, ['would match cy (cy) if `+tag` were ignored']],
    ['its own address, which no rule may ask for', { email: "o'n@corp.example" }, []],
    ['a user name in letters of another case', { userName: 'corp\\ADAL' }, ['would match adal (ada) if what stands around the name were ignored']],
    ['nothing before @', { email: '@corp.example' }, []],
    ['an empty name', { userName: '', email: '' }, []],
    ['a text as long as names get', { userName: `${'x'.repeat(315)}|adal` }, ['would match adal (ada) if what stands around the name were ignored']],
    ['an address in quotes', { userName: "'ada.low@corp.example'" }, ['would match adal (ada) if only the address in it counted']],
    ['nobody', { email: 'zed@new.example', userName: 'zed' }, []],
    ['nothing', {}, []],
    ['a text that is no name', { userName: `${'x'.repeat(320)}|adal` }, []],
    ['several people', { email: 'cy@corp.example', userName: 'adal|bolt' }, ['would match cy (cy) if corp.example and other.example were one domain', 'would match bolt (bo) if what stands around the name were ignored']],
  ])('%s', (_, shown, expected) => {
    expect(hints(shown)).toEqual(expected);
  }); // prettier-ignore

  it('of a number', () => {
    expect(hints({}, '001001')).toEqual(['would match adal (ada) if leading zeros were ignored']);
    expect(hints({}, '7')).toEqual([]);
  });

  it('are three at most, and nobody twice', () => {
    const domains = ['d', 'a', 'c', 'b'].map((one, i) => person(`p${i}`, { emails: [`zed@${one}.example`], userName: `u${i}` }));
    const of = standingOf(domains);
    expect(hints({ email: 'zed@new.example' }, undefined, of)).toEqual(
      [
        ['a', 1],
        ['b', 3],
        ['c', 2],
      ].map(([one, i]) => `would match u${i} (p${i}) if new.example and ${one}.example were one domain`),
    );
    expect(hints({ email: 'ada.low+crm@corp.example', userName: 'CORP\\adal' }, '001001')).toEqual([
      'would match adal (ada) if `+tag` were ignored',
    ]);
    expect(nearMisses(standing, [])).toEqual([]);
  });

  it('ask for keys by which no rule asks, too', () => {
    const index = new PersonIndex(['id']);
    index.add(ada, index.addSource('hr'));
    expect(hints({ email: 'adal@new.example' }, undefined, new Standing(index, NOW, POLICY.leavers))).toHaveLength(1);
  });

  it('try the most used domains of the directory first, ten of them', () => {
    const many = Array.from({ length: 12 }, (_, d) =>
      Array.from({ length: d === 11 ? 2 : 1 }, (__, i) => person(`p${d}-${i}`, { emails: [`${d === 11 && i === 1 ? 'zed' : `u${i}`}@d${String(d).padStart(2, '0')}.example`], userName: `n${d}-${i}` })),
    ).flat(); // prettier-ignore
    expect(hints({ email: 'zed@new.example' }, undefined, standingOf(many))).toEqual([
      'would match n11-1 (p11-1) if new.example and d11.example were one domain',
    ]);
    const last = [...many, person('last', { emails: ['yve@d10.example'], userName: 'last' })];
    expect(hints({ email: 'yve@new.example' }, undefined, standingOf(last))).toHaveLength(1);
    const beyond = [...many, person('beyond', { emails: ['yve@d99.example'], userName: 'beyond' })];
    expect(hints({ email: 'yve@new.example' }, undefined, standingOf(beyond))).toEqual([]);
  });
});
