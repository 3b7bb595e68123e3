import { describe, expect, it } from 'vitest';
import { domainRid, guidText, sidText } from '../../../src/sources/ldap/identifiers.js';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

describe('guidText', () => {
  it('turns the mixed order of an objectGUID around', () => {
    expect(guidText(bytes('33221100 5544 7766 8899 aabbccddeeff'))).toBe('00112233-4455-6677-8899-aabbccddeeff');
  });

  it('keeps leading zeros', () => {
    expect(guidText(bytes('01000000 0200 0300 0004 000000000005'))).toBe('00000001-0002-0003-0004-000000000005');
  });

  it.each([0, 15, 17])('refuses %i bytes', (length) => {
    expect(guidText(Buffer.alloc(length))).toBeUndefined();
  });
});

describe('sidText', () => {
  const administrator = bytes('01 05 000000000005 15000000 DCF4DC3B 833D2B46 828BA628 F4010000');

  it('reads the security identifier of a domain account', () => {
    expect(sidText(administrator)).toBe('S-1-5-21-1004336348-1177238915-682003330-500');
    expect(domainRid(sidText(administrator) ?? '')).toBe(500);
  });

  it('refuses a length that its own count contradicts', () => {
    expect(sidText(administrator.subarray(0, 27))).toBeUndefined();
    expect(sidText(Buffer.concat([administrator, Buffer.alloc(1)]))).toBeUndefined();
    expect(sidText(Buffer.alloc(0))).toBeUndefined();
  });

  it('knows the relative identifier of domain accounts alone', () => {
    expect(domainRid('S-1-5-32-544')).toBeUndefined();
    expect(domainRid('S-1-5-18')).toBeUndefined();
  });
});
