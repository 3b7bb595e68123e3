// What decides a verdict: words of states, flags, last days and orders of dates. What is not sure is a question, and never a reading.
import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/model/role.js';
import { told } from './headers.js';

const spec = (role: Role, text: string): unknown => {
  const { reading, questions } = told(role, text);
  return questions.length > 0 ? questions.map(({ flag, answer }) => `${flag} NAME${answer}`) : (reading.state ?? reading.status);
};

describe('the status of accounts', () => {
  it.each([
    [
      'known words',
      'ID|Status\n1|Active\n2|Inactive\n3|Invited',
      { from: 'Status', map: { Active: 'active', Inactive: 'deactivated', Invited: 'pending' } },
    ],
    ['German words', 'ID|Status\n1|aktiv\n2|deaktiviert', { from: 'Status', map: { aktiv: 'active', deaktiviert: 'deactivated' } }],
    ['Japanese words', 'ID|ステータス\n1|有効\n2|停止中', { from: 'ステータス', map: { 有効: 'active', 停止中: 'suspended' } }],
    ['a flag of those who are on', 'ID|Active\n1|1\n2|0', { from: 'Active', map: { 1: 'active', 0: 'deactivated' } }],
    ['a flag of those who are off', 'ID|Suspended\n1|FALSE\n2|TRUE', { from: 'Suspended', map: { FALSE: 'active', TRUE: 'suspended' } }],
    ['a tick for those who are off', 'ID|Disabled\n1|\n2|x', { from: 'Disabled', map: { x: 'deactivated' }, absent: 'active' }],
    ['no column', 'ID|Email\n1|a@corp.example', { const: 'active' }],
    ['a licence that is active, which is no account', 'ID|License\n1|Active\n2|Inactive', { const: 'active' }],
    [
      'two columns that agree',
      'ID|Status|Active\n1|Active|yes\n2|Suspended|no',
      { from: 'Status', map: { Active: 'active', Suspended: 'suspended' } },
    ],
    ['two columns that do not agree', 'ID|Status|Active\n1|Active|no\n2|Suspended|yes', ['--map NAME.status=Status']],
    ['a word that nobody is sure of', 'ID|Status\n1|Active\n2|Locked', ['--map NAME.status:Locked=deactivated']],
    ['1 and 0 of a status', 'ID|Status\n1|1\n2|0', ['--map NAME.status:1=active', '--map NAME.status:0=deactivated']],
    ['an empty cell', 'ID|Status\n1|Active\n2|', ['--map NAME.status:=active']],
    ['a column whose words alone speak', 'ID|Zustandskennzeichen\n1|Active\n2|Deactivated', ['--map NAME.status=Zustandskennzeichen']],
    ['a lock, where nothing else says who is off', 'ID|Locked Out\n1|no\n2|yes', ['--map NAME.status=Locked Out']],
    ['a lock of an account', 'ID|Account Locked\n1|no\n2|yes', ['--map NAME.status=Account Locked']],
    ['a lock that nobody has', 'ID|Locked Out\n1|no\n2|no', { const: 'active' }],
    ['a day in a flag', 'ID|Suspended\n1|\n2|2026-10-01', ['--map NAME.status=Suspended']],
    ['a password that has expired', 'ID|Password Expired\n1|no\n2|yes', { const: 'active' }],
    ['an activity, which is no status', 'ID|Active (last 30 days)\n1|Yes\n2|No', { const: 'active' }],
    ['words of an activity', 'ID|Status (last 90 days)\n1|Active\n2|Inactive', ['--map NAME.status=Status (last 90 days)']],
    ['words of a login', 'ID|Login Status\n1|Active\n2|Inactive', ['--map NAME.status=Login Status']],
    ['a factor, which is no account', 'ID|Enabled (MFA)\n1|Yes\n2|No', { const: 'active' }],
    ['the status of something else', 'ID|organization.status\n1|active\n2|inactive', ['--map NAME.status=organization.status']],
    ['a flag of something else', 'ID|mfa.enabled\n1|true\n2|false', { const: 'active' }],
    ['a path of its own', 'ID|profile.active\n1|true\n2|false', { from: 'profile.active', map: { true: 'active', false: 'deactivated' } }],
    ['what is said of a form', 'ID|Active (Yes/No)\n1|Yes\n2|No', { from: 'Active (Yes/No)', map: { Yes: 'active', No: 'deactivated' } }],
    ['a day of deactivation', 'ID|Deactivated At\n1|\n2|2026-10-01', ['--map NAME.status=Deactivated At']],
  ])('%s', (_, text, expected) => expect(spec('account', text)).toEqual(expected));

  it('reads a day of deactivation as the user says', () => {
    const { reading } = told('account', 'ID|Deactivated At\n1|\n2|2026-10-01', { columns: new Map([['status', ['Deactivated At']]]) });
    expect(reading.status).toEqual({ from: 'Deactivated At', dated: 'deactivated', absent: 'active' });
  });

  it('takes no state of a country for one of an account', () => {
    expect(spec('account', 'ID|State\n1|TX\n2|CA')).toEqual({ const: 'active' });
  });

  it('writes the words that may yet come as those that were seen, where the end of the file was not', () => {
    const { reading } = told('account', 'ID|Status\n1|ACTIVE', {}, false);
    expect(reading.status).toMatchObject({ from: 'Status', map: { ACTIVE: 'active', SUSPENDED: 'suspended', INACTIVE: 'deactivated' } });
  });
});

describe('the state of people', () => {
  it.each([
    ['a flag of those who left', 'ID|Left\n1|no\n2|yes', { from: 'Left', map: { no: 'active', yes: 'terminated' } }],
    ['a reason of leaving, and nothing else', 'ID|Termination Reason\n1|\n2|Resigned', ['--map NAME.state=Termination Reason']],
    ['a day of no known name', 'ID|Date Offboarded\n1|\n2|2026-02-01', ['--map NAME.endAt=Date Offboarded']],
    ['the state of the manager', 'ID|Manager.Status\n1|Active\n2|Terminated', ['--map NAME.state=Manager.Status']],
    ['the end of a leave', 'ID|Leave Type|Start Date|End Date\n1|Parental|2026-01-01|2026-02-01', ['--map NAME.endAt=End Date']],
    ['the last day of somebody else', 'ID|manager.terminationDate\n1|\n2|2026-02-01', ['--map NAME.endAt=manager.terminationDate']],
    [
      'a last day in a sense of its own',
      'ID|Termination Date (planned)\n1|\n2|2026-02-01',
      ['--map NAME.endAt=Termination Date (planned)'],
    ],
    [
      'a last day with its form',
      'ID|Termination Date (YYYY-MM-DD)\n1|Active\n2|Active',
      ['--map NAME.endAt=Termination Date (YYYY-MM-DD)'],
    ],
    [
      'known words',
      'ID|Status\n1|Active\n2|Terminated\n3|On Leave',
      { from: 'Status', map: { Active: 'active', Terminated: 'terminated', 'On Leave': 'leave' } },
    ],
    [
      'inactive, each with a last day',
      'ID|Status|Last Day\n1|Active|\n2|Inactive|2026-01-31',
      { from: 'Status', map: { Active: 'active', Inactive: 'terminated' } },
    ],
    ['inactive, and no last day', 'ID|Status\n1|Active\n2|Inactive', ['--map NAME.state:Inactive=terminated']],
    [
      'kinds of contracts beside a state',
      'ID|Employment Status|Status\n1|Full-time|Active\n2|Part-time|Terminated',
      { from: 'Status', map: { Active: 'active', Terminated: 'terminated' } },
    ],
    ['baja: gone, or ill', 'ID|Estado\n1|Activo\n2|Baja', ['--map NAME.state:Baja=terminated']],
    ['a last day alone', 'ID|Last Day\n1|\n2|2026-01-31', { const: 'active' }],
    ['two last days', 'ID|Last Day|Exit Date\n1||\n2|2026-01-31|2026-02-28', ['--map NAME.endAt=Last Day']],
    ['a contract that ends, and nothing else', 'ID|Contract End\n1|2026-01-31\n2|', ['--map NAME.endAt=Contract End']],
    [
      'a contract that ends, beside a state that tells',
      'ID|Contract End|Status\n1|2026-01-31|Active\n2||Terminated',
      { from: 'Status', map: { Active: 'active', Terminated: 'terminated' } },
    ],
    ['a last day that is none', 'ID|Termination Date\n1|resigned\n2|', ['--map NAME.endAt=Termination Date']],
    ['dates of two readings', 'ID|Last Day\n1|03/04/2026\n2|05/06/2026', ['--dates NAME=dmy']],
    ['dates of which one settles it', 'ID|Last Day\n1|03/04/2026\n2|05/16/2026', { const: 'active' }],
  ])('%s', (_, text, expected) => expect(spec('person', text)).toEqual(expected));

  it('says what a list without a state cannot tell', () => {
    expect(told('person', 'ID|Email\n1|a@corp.example').notes).toEqual([
      'no column says who left: everybody in it counts as here, and whoever left must be missing from it',
    ]);
  });
});

describe('hostile headers', () => {
  it.each([
    ['names that reach into JavaScript', 'ID|__proto__|constructor|profile.prototype.email\n1|x|y|a@corp.example'],
    ['references to secrets', 'ID|${env:HOME}\n1|a@corp.example'],
    ['a name of a megabyte', `ID|${'Email'.repeat(200_000)}\n1|a@corp.example`],
    ['empty names', 'ID||\n1|a@corp.example|'],
    ['escape sequences', 'ID|\u001b[2JEmail\u0007\n1|x'],
  ])('%s are not used', (_, text) => {
    const { columns, questions, reading } = told('account', text);
    expect(columns.filter(({ as }) => as !== undefined).map(({ column }) => column)).toEqual(['ID']);
    expect(questions).toEqual([]);
    expect(Object.keys(reading.fields)).toEqual(['id']);
  });
});
