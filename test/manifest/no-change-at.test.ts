import { describe, expect, it } from 'vitest';
import { Problems } from '../../src/mapping/rows.js';
import { compileMapping, type Mapping } from '../../src/manifest/mapping/rows.js';

const mapping: Mapping = {
  fields: { id: 'id', updatedAt: 'changed', lastLoginAt: 'login' },
  status: { const: 'active' },
  kind: undefined,
  builtIn: [],
  noChangeAt: ['login', 'password.failed_at'],
};
const config = { name: 'idp', connector: 'idp', options: {}, fields: {}, dir: '/' };
const changed = (role: 'person' | 'account', record: object): string | undefined => {
  const row: { readonly changedAt?: { at: number } | undefined; readonly updatedAt?: { at: number } | undefined } = compileMapping(
    role,
    mapping,
    config,
    new Problems(),
  )({ id: '1', ...record });
  const at = (row.changedAt ?? row.updatedAt)?.at;
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe.each(['person', 'account'] as const)('the date of change of a %s', (role) => {
  it.each([
    ['a login', { changed: '2026-11-02T08:00:01Z', login: '2026-11-02T08:00:00Z' }],
    ['a login that was noted a moment later', { changed: '2026-11-02T08:00:00Z', login: '2026-11-02T08:00:09Z' }],
    [
      'a mistyped password',
      { changed: '2026-11-02T08:00:00Z', login: '2026-10-01T08:00:00Z', password: { failed_at: '2026-11-02T08:00:00Z' } },
    ],
  ])('is none where it is that of %s', (_, record) => {
    expect(changed(role, record)).toBeUndefined();
  });

  it.each([
    ['it is another', { changed: '2026-11-02T08:00:00Z', login: '2026-11-02T07:58:00Z' }],
    ['nobody has logged in', { changed: '2026-11-02T08:00:00Z', login: null }],
    ['the date of a login cannot be read', { changed: '2026-11-02T08:00:00Z', login: 'yesterday' }],
  ])('stays where %s', (_, record) => {
    expect(changed(role, record)).toBe('2026-11-02T08:00:00.000Z');
  });
});
