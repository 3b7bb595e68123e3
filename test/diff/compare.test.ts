// What is compared of one person and one account, and what is known of an attribute when all accounts have been seen.
import { describe, expect, it } from 'vitest';
import { comparable, Comparison, type Difference } from '../../src/diff/compare.js';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import { Columns } from '../../src/store/columns.js';
import { ColumnBuilder } from '../../src/store/column-builder.js';
import { account } from '../in-memory.js';
import { standingOf } from '../match/index-of.js';

const of = (names: readonly string[], ...people: Partial<Person>[]): Comparison => new Comparison(standingOf(people), names);
/** `title 1 of one person`: how many could be compared by it, and who gives it. */
const told = (comparison: Comparison): string[] => [...comparison.compared].map(([name, { count, given }]) => `${name} ${count} ${given}`);
const titled = (title: string | undefined, more: Partial<Account> = {}): Account => account('a', { attributes: { title }, ...more });
const led = (manager: string): Pick<Person, 'attributes'> => ({ attributes: { manager } });

describe('what is known of an attribute', () => {
  it('is who gives it, and how many could be compared by it', () => {
    const comparison = of(['title', 'department', 'email'], { attributes: { title: 'Lead', department: 'A' } });
    expect(told(comparison)).toEqual(['title 0 never', 'department 0 never', 'email 0 never']);
    comparison.see(titled('Lead', { emails: ['a@corp.example'] }));
    expect(told(comparison)).toEqual(['title 0 by accounts', 'department 0 never', 'email 0 by accounts']);
    expect(comparison.compare(0, titled('Member', { emails: ['a@corp.example'] }))).toEqual([{ name: 'title', directory: 'Lead', app: 'Member' }]);
    expect(told(comparison)).toEqual(['title 1 of one person', 'department 0 never', 'email 0 by accounts']);
    comparison.see(titled('Lead'));
    comparison.compare(0, titled('Lead', { emails: [] }));
    expect(told(comparison)).toEqual(['title 2 of one person', 'department 0 never', 'email 0 by accounts']);
    comparison.see(account('b', { attributes: { department: 'A' } }));
    expect(told(comparison)).toEqual(['title 2 of one person', 'department 0 by accounts', 'email 0 by accounts']);
  }); // prettier-ignore

  it('goes on being noted of the last that nobody has given, and of each alone', () => {
    const comparison = of(['title', 'department'], {});
    comparison.see(titled('Lead'));
    comparison.see(titled('Lead'));
    comparison.see(account('b', { attributes: { title: 'x', department: 'A' } }));
    comparison.see(account('c'));
    expect(told(comparison)).toEqual(['title 0 by accounts', 'department 0 by accounts']);
  });

  it('is that both sides gave it, where the words of a manager name nobody', () => {
    const comparison = of(['manager'], led('The Boss'), {});
    expect(comparison.compare(0, account('a', led('boss@corp.example')))).toBeUndefined();
    expect(told(comparison)).toEqual(['manager 0 of one person']);
  });
});

describe('one person and one account', () => {
  it.each<[what: string, names: string[], directory: Partial<Person>, app: Partial<Account>, expected: string[] | undefined]>([
    ['nothing on either side', ['title'], {}, {}, undefined],
    ['nothing in the app', ['title'], { attributes: { title: 'a' } }, {}, undefined],
    ['nothing in the directory', ['title'], {}, { attributes: { title: 'a' } }, undefined],
    ['equal', ['title'], { attributes: { title: 'a' } }, { attributes: { title: 'a' } }, []],
    ['equal, and another that is not there', ['title', 'x'], { attributes: { title: 'a', x: '1' } }, { attributes: { title: 'a' } }, []],
    ['two that differ, in the order in which they are asked for', ['title', 'x'], { attributes: { title: 'a', x: '1' } }, { attributes: { title: 'b', x: '2' } }, ['title a b', 'x 1 2']],
    ['user names in two letter cases', ['userName'], { userName: 'Ada' }, { userName: 'ADA' }, []],
    ['user names', ['userName'], { userName: 'ada' }, { userName: 'bo' }, ['userName ada bo']],
    ['external ids', ['externalId'], { externalId: 'x1' }, { externalId: 'X1' }, ['externalId x1 X1']],
    ['numbers', ['employeeId'], { employeeId: '7' }, { employeeId: '8' }, ['employeeId 7 8']],
    ['the first address', ['email'], { emails: ['a@corp.example'] }, { emails: ['b@corp.example'] }, ['email a@corp.example b@corp.example']],
    ['a further address', ['email'], { emails: ['a@corp.example'] }, { emails: ['b@corp.example', 'A@corp.example'] }, []],
    ['a further address of the directory alone', ['email'], { emails: ['a@corp.example', 'b@corp.example'] }, { emails: ['b@corp.example'] }, ['email a@corp.example b@corp.example']],
    ['an alias', ['email'], { emails: ['a@corp.example'] }, { emails: ['b@corp.example'], aliases: ['a@corp.example'] }, []],
    ['no address', ['email'], { emails: ['a@corp.example'] }, { emails: [] }, undefined],
    ['a user name that is one of the addresses', ['userName'], { userName: 'a@corp.example' }, { userName: 'b', emails: ['a@corp.example'] }, ['userName a@corp.example b']],
  ])('%s', (_, names, directory, app, expected) => {
    const found = of(names, directory).compare(0, account('a', app));
    expect(found?.map((one) => `${one.name} ${one.directory} ${one.app}`)).toEqual(expected);
  }); // prettier-ignore
});

describe('a manager', () => {
  const people = [
    led('boss'),
    { id: 'boss', employeeId: '77', emails: ['boss@corp.example'], userName: 'bossy' },
    { id: 'chief', userName: 'boss2' },
  ];
  /** What was said at once, and what at the end of a list of these accounts, whose owners are the people in their order. */
  const said = (directory: string, app: string, ids: readonly (string | undefined)[] = ['a-p', 'a-boss', 'a-chief']): string => {
    const comparison = of(['title', 'manager'], led(directory), ...people.slice(1));
    const found = comparison.compare(0, account('a-p', led(app)));
    const later: Difference[] = [];
    comparison.deferredManagers(
      (row) => ids[row],
      (row, difference) => later.push({ ...difference, name: `${difference.name} of ${row}` }),
    );
    const words = (all: readonly Difference[]): string => all.map((one) => `${one.name} ${one.directory} ${one.app}`).join();
    const of0 = comparison.compared.get('manager')?.count;
    return [found === undefined ? 'open' : words(found), words(later), `${of0}`, `${comparison.compared.get('title')?.count}`].join('|');
  };
  it.each<[what: string, directory: string, app: string, expected: string, ids?: (string | undefined)[]]>([
    ['in the same words', 'boss', 'BOSS', '||1|0'],
    ['in words that name nobody', 'The Boss', 'THE  BOSS', 'open||0|0'],
    ['in the same words that name nobody', 'The Boss', 'THE BOSS', '||1|0'],
    ['by number', 'boss', '77', '||1|0'],
    ['by address', 'boss', 'boss@corp.example', '||1|0'],
    ['by user name', 'boss', 'bossy', '||1|0'],
    ['by number on both sides', '77', 'boss@corp.example', '||1|0'],
    ['who is another', 'boss', 'boss2', 'manager boss boss2||1|0'],
    ['whom the app has no more', 'boss', '', 'manager boss ||1|0'],
    ['whom the directory has no more', '', 'boss', 'manager  boss||1|0'],
    ['whom the directory names by nothing known', 'nobody', 'a-boss', 'open||0|0'],
    ['by the id of the account', 'boss', 'a-boss', 'open||1|0'],
    ["by the id of another's account", 'boss', 'a-chief', 'open|manager of 0 boss a-chief|1|0'],
    ['by what is no account here', 'boss', 'Ms Boss', 'open||0|0'],
    ['who has no account here', 'boss', 'a-chief', 'open||0|0', ['a-p', undefined, 'a-chief']],
  ])('%s: %j and %j', (_, directory, app, expected, ids) => {
    expect(said(directory, app, ids)).toBe(expected);
  });

  it('whose name fits several people is nobody', () => {
    const comparison = of(['manager'], led('sam'), { userName: 'sam' }, { emails: ['sam'] }, { id: 'x', employeeId: 'twice' }, { employeeId: 'twice' });
    expect(comparison.compare(0, account('a', led('TWICE')))).toBeUndefined();
    expect(of(['manager'], led('twice'), { id: 'zoe', employeeId: 'twice' }, { employeeId: 'twice' }).compare(0, account('a', led('zoe')))).toBeUndefined();
    // The key that is trusted more decides.
    expect(of(['manager'], led('zoe'), { id: 'zoe' }, { userName: 'zoe' }, { id: 'yve' }).compare(0, account('a', led('yve')))).toHaveLength(1);
  }); // prettier-ignore

  it('with two records is one, by either of them', () => {
    const twice = [{ id: 'old', state: 'terminated', employeeId: '7', endAt: { at: 0 } }, { id: 'new', employeeId: '7', startAt: { at: 1e12 } }] as const; // prettier-ignore
    expect(of(['manager'], led('old'), ...twice).compare(0, account('a', led('new')))).toEqual([]);
  });

  it('that waits for the end does so of each person alone', () => {
    const comparison = of(['manager'], led('boss'), { id: 'boss' }, led('boss'));
    for (const row of [0, 2]) comparison.compare(row, account(`a${row}`, led(row === 0 ? 'a1' : 'a2')));
    const found: string[] = [];
    comparison.deferredManagers((row) => `a${row}`, (row, { directory, app }) => found.push(`${row} ${directory} ${app}`)); // prettier-ignore
    expect(found).toEqual(['2 boss a2']);
    expect(told(comparison)).toEqual(['manager 2 of one person']);
  });
});

describe('a row by column', () => {
  const names = ['title', 'email', 'userName', 'employeeId', 'externalId', 'department'];
  const held = { title: 'Lead', department: 'A' };
  const p: Partial<Person> = { userName: 'ada', emails: ['a@corp.example'], employeeId: '7', externalId: 'x', attributes: held };
  const agrees = (more: Partial<Account>, one = p, asked = names): [boolean | undefined, string[]] => {
    const comparison = of(asked, one);
    const builder = new ColumnBuilder('account');
    builder.add(account('a', more));
    return [comparison.agrees(0, new Columns(builder.take(), []), 0), told(comparison)];
  };

  it('that is equal in all that is given counts once for each', () => {
    expect(agrees({ userName: 'ada', emails: ['a@corp.example'], employeeId: '7', externalId: 'x', attributes: held })).toEqual([
      true,
      names.map((name) => `${name} 1 by accounts`),
    ]);
    expect(agrees({ attributes: { title: 'Lead' } })).toEqual([true, names.map((name) => `${name} ${name === 'title' ? '1 by accounts' : '0 never'}`)]);
  }); // prettier-ignore

  it.each<[what: string, more: Partial<Account>]>([
    ['title', { attributes: { title: 'Member' } }],
    ['email', { emails: ['b@corp.example'] }],
    ['userName', { userName: 'bo' }],
    ['employeeId', { employeeId: '8' }],
    ['externalId', { externalId: 'y' }],
    ['department', { attributes: { title: 'Lead', department: 'a' } }],
  ])('that differs in %s is not counted at all', (name, more) => {
    const [agreed, counts] = agrees(more);
    expect([agreed, counts.filter((count) => !count.includes(' 0 '))]).toEqual([false, []]);
    expect(counts).toContain(`${name} 0 by accounts`);
  });

  it('of which nothing can be compared is neither', () => {
    expect(agrees({})).toEqual([undefined, names.map((name) => `${name} 0 never`)]);
    expect(agrees({ attributes: held }, {}, ['title'])).toEqual([undefined, ['title 0 by accounts']]);
    const comparison = of(['title'], {}, { attributes: held });
    const builder = new ColumnBuilder('account');
    builder.add(account('a', { attributes: held }));
    expect(comparison.agrees(0, new Columns(builder.take(), []), 0)).toBeUndefined();
    expect(told(comparison)).toEqual(['title 0 by accounts']);
  });

  it('says nothing of the row before it', () => {
    const comparison = of(['title', 'department'], p);
    const builder = new ColumnBuilder('account');
    for (const attributes of [held, { department: 'A' }, { title: 'Lead', department: 'B' }]) builder.add(account('a', { attributes }));
    const page = new Columns(builder.take(), []);
    expect([0, 1, 2].map((at) => comparison.agrees(0, page, at))).toEqual([true, true, false]);
    expect(told(comparison)).toEqual(['title 1 by accounts', 'department 2 by accounts']);
    // What was of one person stays so.
    comparison.compare(0, titled('Member'));
    comparison.agrees(0, page, 0);
    expect(told(comparison)).toEqual(['title 3 of one person', 'department 3 by accounts']);
  });
});

describe('the form in which values are compared', () => {
  it.each<[name: string, text: string, form: string]>([
    ['title', 'Team Lead', 'Team Lead'],
    ['title', 'Team  Lead', 'Team Lead'],
    ['title', ' Lead', 'Lead'],
    ['title', 'Lead ', 'Lead'],
    ['title', ' ', ''],
    ['title', '', ''],
    ['title', 'a\u007f', 'a\u007f'],
    ['title', '~', '~'],
    ['title', 'a\u001fb', 'a\u001fb'],
    ['title', 'Zoe\u0308 \t x', 'Zoë x'],
    ['title', 'a\u00a0b', 'a b'],
    ['manager', 'Ada', 'ada'],
    ['userName', 'ADA', 'ada'],
    ['userName', 'N/A', 'n/a'],
    ['email', 'mailto:ADA@corp.example', 'ada@corp.example'],
    ['employeeId', 'A1', 'A1'],
  ])('%s %j: %j', (name, text, form) => {
    expect(comparable(name, text)).toBe(form);
  });

  it('of an address is that of the rules for addresses', () => {
    const rules = { plus: new Set(['corp.example']), dots: new Set<string>(), same: new Map<string, string>() };
    expect([comparable('email', 'a+x@corp.example', rules), comparable('email', 'a+x@corp.example')]).toEqual(['a@corp.example', 'a+x@corp.example']); // prettier-ignore
  });
});
