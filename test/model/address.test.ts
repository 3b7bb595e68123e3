import { describe, expect, it } from 'vitest';
import { foldKey } from '../../src/match/keys.js';
import { addressesApart, addressesIn, bareAddress } from '../../src/model/address.js';

describe('an address', () => {
  it.each([
    ['<ada@corp.example>', 'ada@corp.example'],
    ['Ada One <ada@corp.example>', 'ada@corp.example'],
    ['"One, Ada" <ada@corp.example>', 'ada@corp.example'],
    ['"ada@home.example" < ada@corp.example >', 'ada@corp.example'],
    ['smtp:ada@corp.example', 'ada@corp.example'],
    ['SMTP:Ada@corp.example', 'Ada@corp.example'],
    ['SIP: ada@corp.example', 'ada@corp.example'],
    [' mailto:ada@corp.example', 'ada@corp.example'],
    ['Ada <SMTP:ada@corp.example>', 'ada@corp.example'],
    ["'ada@corp.example'", 'ada@corp.example'],
    ['"ada@corp.example"', 'ada@corp.example'],
    ['[ada@corp.example]', 'ada@corp.example'],
    ['["ada@corp.example"]', 'ada@corp.example'],
    ["('ada@corp.example')", 'ada@corp.example'],
    ['Ada One (ada@corp.example)', 'ada@corp.example'],
    ['One, Ada [ada@corp.example]', 'ada@corp.example'],
    ['ada@corp.example (Ada One)', 'ada@corp.example'],
    ['email:ada@corp.example', 'ada@corp.example'],
    ["'Ada One' <'ada@corp.example'>", 'ada@corp.example'],
    // Marks that are part of it, and two of which neither is the one.
    ["o'brien@corp.example", "o'brien@corp.example"],
    ["smtp:o'brien@corp.example", "o'brien@corp.example"],
    ['"ada one"@corp.example', '"ada one"@corp.example'],
    ['ada@[192.0.2.1]', 'ada@[192.0.2.1]'],
    ['ada@corp.example (ben@corp.example)', 'ada@corp.example (ben@corp.example)'],
    ['Ada One (admin)', 'Ada One (admin)'],
    ['x500:/o=Corp/cn=ada', undefined],
    ['X400:c=XX;a= ;p=Corp', undefined],
    ['EUM:ada@corp.example;phone-context=x', undefined],
    ['ada@corp.example', 'ada@corp.example'],
    ['corp:ada', 'corp:ada'],
    ['<root_account>', '<root_account>'],
    ['arn:aws:iam::1:user/ada@corp.example', 'arn:aws:iam::1:user/ada@corp.example'],
  ])('%j is %j', (text, bare) => {
    expect(bareAddress(text)).toBe(bare);
    if (bare?.includes('@') === true) expect(foldKey(text)).toBe(foldKey(bare));
  });

  it('of several, whose names hold what separates them', () => {
    expect(addressesIn('"One, Ada" <ada@corp.example>; Ben <ben@corp.example>, cy@corp.example')).toEqual([
      'ada@corp.example',
      'ben@corp.example',
      'cy@corp.example',
    ]);
    expect(addressesIn('One, Ada (ada@corp.example); Two, Ben [ben@corp.example]')).toEqual(['ada@corp.example', 'ben@corp.example']);
    expect(addressesIn('Four, Di <di@corp.example>')).toEqual(['di@corp.example']);
    expect(addressesIn('di@corp.example; "x; y" <ed@corp.example>')).toEqual(['di@corp.example', 'ed@corp.example']);
  });

  it.each([
    ['SMTP:ada@corp.example+smtp:ada@old.example', ['SMTP:ada@corp.example', 'smtp:ada@old.example']],
    ['smtp:ada@old.example SMTP:ada@corp.example', ['smtp:ada@old.example', 'SMTP:ada@corp.example']],
    ['ada@corp.example\nada@old.example', ['ada@corp.example', 'ada@old.example']],
    ['x500:/o=Corp of Ours/cn=ada smtp:ada@corp.example', ['x500:/o=Corp of Ours/cn=ada', 'smtp:ada@corp.example']],
    ['ada+sip@corp.example', ['ada+sip@corp.example']],
    ['Ada ada@corp.example', ['Ada ada@corp.example']],
    ['SIP: ada@corp.example', ['SIP: ada@corp.example']],
  ])('of several without a separator: %j', (text, pieces) => expect(addressesApart(text)).toEqual(pieces));

  it('is the same key with a no-break space, a tab or a control character in it', () => {
    expect(foldKey('ada\u00a0@corp.example\u0007')).toBe('ada@corp.example');
    expect(foldKey('\u001f1004')).toBe('1004');
    expect(foldKey('10\u200b04\t')).toBe('1004');
    // A space between words is none of these.
    expect(foldKey('ada one')).toBe(foldKey('ada\u00a0one'));
    expect(foldKey('ada one')).not.toBe(foldKey('adaone'));
  });
});
