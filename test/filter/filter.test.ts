import { describe, expect, it } from 'vitest';
import { compileFilter, FilterError, type FilterValue } from '../../src/filter/filter.js';

type Record_ = Readonly<Record<string, FilterValue>>;

const matches = (text: string, record: Record_): boolean => compileFilter(text).matches((name) => record[name]);

function mistake(text: string, known?: readonly string[]): string {
  try {
    compileFilter(text, known);
  } catch (error) {
    if (error instanceof FilterError) return `${error.offset}: ${error.message}`;
    throw error;
  }
  throw new Error(`taken as a filter: ${text}`);
}

const ADA: Record_ = {
  userName: 'Ada',
  title: 'Straße',
  department: 'Café',
  empty: '',
  active: true,
  flag: 'FALSE',
  level: 7,
  code: '007',
  startAt: '2026-03-01T00:00:00.000Z',
  emails: ['ada@corp.example', 'a.l@corp.example'],
  none: [],
  blank: [''],
};

describe('each operator', () => {
  it.each([
    ['userName eq "Ada"', true],
    ['userName eq "ADA"', true],
    ['userName eq " ada "', true],
    ['userName eq "ad"', false],
    ['userName ne "Ada"', false],
    ['userName ne "Bob"', true],
    ['userName co "D"', true],
    ['userName co "x"', false],
    ['userName sw "AD"', true],
    ['userName sw "da"', false],
    ['userName ew "dA"', true],
    ['userName ew "ad"', false],
    ['userName co ""', true],
    ['userName co "Ada "', false],
    ['userName gt "Abe"', true],
    ['userName gt "ada"', false],
    ['userName ge "ada"', true],
    ['userName lt "Bob"', true],
    ['userName lt "ADA"', false],
    ['userName le "ADA"', true],
    ['userName pr', true],
  ])('%s: %s', (text, expected) => {
    expect(matches(text, ADA)).toBe(expected);
  });
});

describe('types', () => {
  it.each([
    ['title eq "STRASSE"', true],
    ['title co "SS"', true],
    ['department eq "Cafe\\u0301"', true],
    ['department eq "Cafe"', false],
    ['active eq true', true],
    ['active eq "TRUE"', true],
    ['active ne false', true],
    ['flag eq false', true],
    ['flag eq true', false],
    ['level eq 7', true],
    ['level eq 7.0', true],
    ['level eq "7"', true],
    ['level gt 6', true],
    ['level ge 7', true],
    ['level lt 7', false],
    ['level le 7', true],
    ['code eq 7', true],
    ['code eq "7"', false],
    ['code lt 10', true],
    ['userName lt 10', false],
    ['userName gt 10', false],
    ['userName eq 10', false],
    ['userName ne 10', true],
  ])('%s: %s', (text, expected) => {
    expect(matches(text, ADA)).toBe(expected);
  });
});

describe('dates compare as instants', () => {
  it.each([
    ['startAt eq "2026-03-01T01:00:00+01:00"', true],
    ['startAt eq "2026-03-01"', true],
    ['startAt eq "2026-03-01T00:00:00"', true],
    ['startAt ne "2026-02-28T19:00:00.000-05:00"', false],
    ['startAt gt "2026-02-28T23:30:00-02:00"', false],
    ['startAt ge "2026-03-01"', true],
    ['startAt lt "2026-03-01T00:00:00.001Z"', true],
    ['startAt le "2026-02-28"', false],
    ['startAt sw "2026-03"', true],
    ['userName gt "2026-01-01"', false],
    ['userName lt "2026-01-01"', false],
    ['userName eq "2026-01-01"', false],
    ['level gt "2026-01-01"', false],
  ])('%s: %s', (text, expected) => {
    expect(matches(text, ADA)).toBe(expected);
  });

  it('and a day that there is not is a mistake', () => {
    expect(mistake('startAt gt "2026-02-30"')).toBe('11: 2026-02-30 is no day of the calendar');
    // As text it would be less than every date.
    expect(mistake('endAt lt "10/16/2026"')).toBe('9: endAt is a date: write it as "2026-10-16" or "2026-10-16T12:00:00Z"');
    expect(mistake('lastLoginAt ge 20261016')).toContain('lastLoginAt is a date');
    expect(matches('startAt sw "2026-03"', ADA)).toBe(true);
    expect(mistake('startAt gt "2026-13-01T00:00:00Z"')).toContain('no day of the calendar');
    expect(mistake('startAt gt "2026-01-01T25:00:00Z"')).toContain('no day of the calendar');
  });
});

describe('absent is not empty, and null is absent', () => {
  it.each([
    ['gone pr', false],
    ['gone eq null', true],
    ['gone ne null', false],
    ['gone eq ""', false],
    ['gone ne "x"', true],
    ['gone co ""', false],
    ['gone lt "x"', false],
    ['gone ge "x"', false],
    ['gone eq false', false],
    ['not (gone eq "x")', true],
    ['empty pr', false],
    ['empty eq ""', true],
    ['empty eq null', true],
    ['none pr', false],
    ['none eq "x"', false],
    ['none ne "x"', true],
    ['blank pr', false],
    ['active pr', true],
    ['active eq null', false],
  ])('%s: %s', (text, expected) => {
    expect(matches(text, ADA)).toBe(expected);
  });

  it('false is present', () => {
    expect(matches('active pr', { active: false })).toBe(true);
    expect(matches('level pr', { level: 0 })).toBe(true);
  });
});

describe('several values', () => {
  it.each([
    ['emails eq "A.L@corp.example"', true],
    ['emails co "@corp"', true],
    ['emails sw "z"', false],
    ['emails ne "ada@corp.example"', false],
    ['emails ne "bob@corp.example"', true],
    ['emails pr', true],
    ['not (emails sw "ada")', false],
  ])('any may match, and ne is the opposite of eq: %s: %s', (text, expected) => {
    expect(matches(text, ADA)).toBe(expected);
  });
});

describe('a value path', () => {
  const record: Record_ = {
    'emails.type': ['work', 'home', 'home'],
    'emails.value': ['ada@corp.example', 'ada@home.example', 'spare@home.example'],
    'groups.display': ['contractors', 'all-staff'],
    'manager.value': 'u1',
  };

  it.each([
    ['emails[type eq "work" and value ew "@corp.example"]', true],
    ['emails[type eq "work" and value ew "@home.example"]', false],
    ['emails.type eq "work" and emails.value ew "@home.example"', true],
    ['emails[not (type eq "work") and (value sw "x" or value sw "spare")]', true],
    ['not (emails[type eq "other"])', true],
    ['groups[display ne "contractors"]', true],
    ['groups.display ne "contractors"', false],
    ['manager[value eq "u1"]', true],
    ['ims[type pr]', false],
    ['ims[not (type pr)]', false],
    ['EMAILS[type eq "work"] or title pr', false],
  ])('tests one element at a time: %s: %s', (text, expected) => {
    expect(matches(text, record)).toBe(expected);
  });

  it('reads qualified names', () => {
    expect(compileFilter('emails[type eq "work" and value pr] and emails.type pr').attributes).toEqual(['emails.type', 'emails.value']);
  });
});

describe('names', () => {
  it('are listed once, in the order of the text, as written', () => {
    expect(compileFilter('title pr or userName eq "x" and not (title eq null)').attributes).toEqual(['title', 'userName']);
  });

  it('lose the prefix of the schemas of a user, and of no other', () => {
    const text = [
      'urn:ietf:params:scim:schemas:core:2.0:User:name.givenName pr',
      'URN:ietf:params:scim:schemas:extension:enterprise:2.0:user:department pr',
      'urn:example:own:department pr',
    ].join(' and ');
    expect(compileFilter(text).attributes).toEqual(['name.givenName', 'department', 'urn:example:own:department']);
  });

  it('are read as `known` spells them', () => {
    const filter = compileFilter('USERNAME eq "x" or username eq "y" or emails[TYPE pr]', ['userName', 'emails.type']);
    expect(filter.attributes).toEqual(['userName', 'emails.type']);
    expect(filter.matches((name) => (name === 'userName' ? 'Y' : undefined))).toBe(true);
  });

  it('keep apart two of one spelling, but for the case, when written exactly', () => {
    expect(compileFilter('Dept pr and dept pr and DEPT pr', ['dept', 'Dept']).attributes).toEqual(['Dept', 'dept']);
  });

  it('that nobody knows are a mistake, with the nearest', () => {
    const known = ['department', 'userName', 'groups.display'];
    expect(mistake('title pr', known)).toBe('0: unknown attribute "title".');
    expect(mistake('userName pr and departmnt eq "x"', known)).toBe('16: unknown attribute "departmnt". Did you mean department?');
    expect(mistake('groups[dispaly eq "x"]', known)).toBe('7: unknown attribute "groups.dispaly". Did you mean groups.display?');
    expect(mistake('constructor pr', known)).toContain('unknown attribute "constructor"');
    expect(mistake('__proto__ pr', known)).toContain('unknown attribute "__proto__"');
  });
});

describe('comparisons without a meaning are mistakes, not false', () => {
  it.each([
    ['active gt true', '10: true and false have no order: expected eq or ne instead of gt'],
    ['active le false', '10: true and false have no order'],
    ['a co 1', '5: co looks into text: expected a value in double quotes'],
    ['a sw true', '5: sw looks into text'],
    ['a ew null', '5: null has no order and no text: expected eq or ne instead of ew'],
    ['a gt null', '5: null has no order and no text'],
  ])('%s', (text, expected) => {
    expect(mistake(text).startsWith(expected), mistake(text)).toBe(true);
  });
});
