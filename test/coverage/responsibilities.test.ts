import { describe, expect, it } from 'vitest';
import { responsibilities } from '../../src/coverage/responsibilities.js';
import type { Lifecycle } from '../../src/model/policy.js';
import { DAY, NOW } from '../in-memory.js';

const of = (lifecycle: Lifecycle, inferred: 'jit' | 'scim' | 'unknown' = 'unknown') => responsibilities(lifecycle, inferred, NOW);

describe('responsibilities', () => {
  it('repeat what is declared, and name the stages that nobody owns', () => {
    const { create, update } = of({ create: { by: 'scim', system: 'idp', owner: 'iam@corp.example' } });
    expect(create).toEqual({ by: 'scim', system: 'idp', owner: 'iam@corp.example', problems: [] });
    expect(update).toEqual({ by: null, problems: ['nobody is declared to carry it'] });
    expect(of({ update: { by: 'api', system: 'sync' } }).update.problems).toEqual(['nobody owns it']);
  });

  it('want an owned and dated control where the method cannot carry the stage', () => {
    expect(of({ delete: { by: 'none', owner: 'iam' } }).delete.problems).toEqual([
      'nothing carries it, and no compensating control is declared',
    ]);
    expect(of({ delete: { by: 'none', control: 'weekly sweep' } }).delete.problems).toEqual([
      'nobody owns the compensating control',
      'the compensating control has no review date',
    ]);
    const swept = { by: 'none', control: 'weekly sweep', owner: 'iam', reviewBy: NOW + DAY } as const;
    expect(of({ delete: swept }).delete).toEqual({
      by: 'none',
      control: 'weekly sweep',
      owner: 'iam',
      reviewBy: '2026-11-25',
      problems: [],
    });
    expect(of({ delete: { ...swept, reviewBy: NOW - DAY } }).delete.problems).toEqual(['its review was due on 2026-11-23']);
  });

  it('name a JIT app without a removal path, whether JIT is declared or seen', () => {
    const path = 'a JIT app without a removal path';
    expect(of({ create: { by: 'jit' } }).delete.problems[0]).toBe(path);
    expect(of({}, 'jit').delete.problems[0]).toBe(path);
    expect(of({ create: { by: 'jit' }, delete: { by: 'jit' } }).delete.problems[0]).toBe(path);
    expect(of({ create: { by: 'jit' }, delete: { by: 'workflow', owner: 'it' } }).delete.problems).toEqual([]);
    expect(of({ create: { by: 'jit' }, delete: { by: 'none', control: 'sweep', owner: 'it', reviewBy: NOW } }).delete.problems).toEqual([]);
    expect(of({ create: { by: 'scim' } }, 'jit').delete.problems).not.toContain(path);
  });
});
