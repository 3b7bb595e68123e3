// The system's own accounts: nobody's, and no finding; but no word of a manifest takes an account from a person.
import { describe, expect, it } from 'vitest';
import { account, at, audit, person, reasons } from '../in-memory.js';

const WHY = "GitLab's placeholder for deleted users";
const builtIn = (id: string, more: Parameters<typeof account>[1] = {}) => account(id, { builtIn: WHY, ...more });
const ada = person('1', { emails: ['ada@corp.example'] });
const zed = person('2', { emails: ['zed@corp.example'], state: 'terminated', endAt: at('2026-09-30') });

describe("an account of the system's own", () => {
  it.each(['active', 'pending', 'suspended', 'deactivated', 'deleted', 'unknown'] as const)(
    'that is %s is protected, with the reason',
    async (status) => {
      const result = await audit({ people: [[ada]], accounts: [builtIn('g', { status }), account('a', { emails: ada.emails })] });
      expect(result.findings).toEqual([]);
      expect(result.report.reconciliation.accounts).toMatchObject({ protected: 1, inSync: 1, orphaned: 0 });
      expect(result.report.notes).toContain(`accounts that are the system's own, and nobody's: ${WHY}`);
    },
  );

  it("is a person's where a key gives it to one: no manifest hides a leaver", async () => {
    const accounts = [builtIn('z', { emails: zed.emails }), builtIn('a', { emails: ada.emails })];
    const result = await audit({ people: [[ada, zed]], accounts });
    expect(reasons(result)).toEqual(['orphaned:owner-terminated']);
    expect(result.report.reconciliation.accounts).toMatchObject({ protected: 0, inSync: 1, orphaned: 1 });
    expect(result.report.notes.join(' ')).not.toContain('own');
  });

  it("that fits several, one of whom has left, is nobody's secret either", async () => {
    const twin = person('3', { emails: zed.emails });
    const result = await audit({ people: [[twin], [zed]], accounts: [builtIn('z', { emails: zed.emails })] });
    expect(result.report.reconciliation.accounts.protected).toBe(0);
  });

  it('counts for no guard: however many they are, the keys are not doubted', async () => {
    const all = Array.from({ length: 30 }, (_, i) => builtIn(`g${i}`));
    const result = await audit({ people: [[ada]], accounts: [...all, account('a', { emails: ada.emails }), account('x')] });
    expect(reasons(result)).toEqual(['orphaned:no-owner']);
    expect(result.report.notes).toContain(`accounts that are the system's own, and nobody's: ${WHY} (30)`);
  });

  it('needs no registration; one that is there covers nothing any more', async () => {
    const app = { accounts: [{ match: 'id eq "g"', kind: 'service', owner: 'left' }] } as const;
    const result = await audit({ people: [[ada]], accounts: [builtIn('g'), account('a', { emails: ada.emails })], app });
    expect(result.findings).toEqual([]);
    expect(result.report.notes.join(' ')).toContain('covers nothing any more');
  });

  it('is listed by what it is; many kinds are counted together', async () => {
    const all = Array.from({ length: 25 }, (_, i) => account(`g${i}`, { builtIn: i < 20 ? `${i % 2 === 0 ? 'a' : 'job'} ${String(29 - i)}` : `zz ${i}` }));
    const result = await audit({ people: [[ada]], accounts: [...all, account('a', { emails: ada.emails })] });
    const listed = all.slice(0, 20).map(({ builtIn: what }) => what).sort(); // prettier-ignore
    expect(result.report.notes[0]).toBe(`accounts that are the system's own, and nobody's: ${listed.join('; ')}; and others (5)`);
  }); // prettier-ignore
});
