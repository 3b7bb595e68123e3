import { describe, expect, it } from 'vitest';
import { addressesOf } from '../../../src/sources/ldap/proxy-addresses.js';

describe('addressesOf', () => {
  it('takes mail first, then SMTP:, and the rest as aliases without repeating one', () => {
    const proxies = [
      'smtp:ada@old.example',
      'SMTP:Ada@corp.example',
      'X400:c=US;a= ;p=Corp',
      'sip:ada@corp.example',
      'smtp:a.l@corp.example',
    ];
    expect(addressesOf(['ada@corp.example'], proxies)).toEqual({
      primary: 'ada@corp.example',
      aliases: ['ada@old.example', 'a.l@corp.example'],
    });
  });

  it('takes SMTP: for the primary address where mail is not set', () => {
    expect(addressesOf([], ['smtp:b@x.example', 'SMTP:a@x.example'])).toEqual({ primary: 'a@x.example', aliases: ['b@x.example'] });
  });

  it('keeps a differing SMTP: address as an alias of mail', () => {
    expect(addressesOf(['new@x.example'], ['SMTP:old@x.example'])).toEqual({ primary: 'new@x.example', aliases: ['old@x.example'] });
  });

  it('never makes an alias the primary address', () => {
    expect(addressesOf([], ['smtp:b@x.example'])).toEqual({ aliases: ['b@x.example'] });
    expect(addressesOf([''], ['X500:/o=Corp/cn=a', 'smtp:'])).toEqual({ aliases: [] });
  });
});
