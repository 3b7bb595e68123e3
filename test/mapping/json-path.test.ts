import fc from '../property.js';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/model/errors.js';
import { jsonPath } from '../../src/mapping/json-path.js';
import { cases } from '../night.js';

const URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const record: unknown = JSON.parse(
  JSON.stringify({
    id: 'a',
    name: { givenName: 'Ada', familyName: null },
    'name.full': 'Ada Lovelace',
    emails: [
      { value: 'home@x.example', type: 'home' },
      { value: 'work@x.example', type: 'Work', primary: true },
    ],
    tags: ['x', 'y'],
    none: [],
    [URN]: { department: 'Tours', 'manager.id': 'm1' },
    manager: null,
  }),
);

describe('a path', () => {
  it.each<[string, unknown]>([
    ['id', 'a'],
    ['name.givenName', 'Ada'],
    ['name.familyName', null],
    ['name.full', 'Ada Lovelace'],
    ['name.nothing', undefined],
    ['nothing.at.all', undefined],
    ['id.length', undefined],
    ['emails.value', ['home@x.example', 'work@x.example']],
    ['emails[0].value', 'home@x.example'],
    ['emails[7].value', undefined],
    ['emails[primary=true].value', ['work@x.example']],
    ['emails[type=work].value', ['work@x.example']],
    ['emails[type eq "work"].value', ['work@x.example']],
    ['emails[type=other].value', []],
    ['tags', ['x', 'y']],
    ['tags[1]', 'y'],
    ['tags.length', []],
    ['none.value', []],
    [`${URN}.department`, 'Tours'],
    [`${URN}:department`, 'Tours'],
    [`${URN}:manager.id`, 'm1'],
    ['manager.value', null],
    ['manager[0].value', null],
  ])('%s', (path, expected) => {
    expect(jsonPath(path)(record)).toEqual(expected);
  });
});

it('finds own properties only', () => {
  for (const name of ['toString', 'hasOwnProperty', 'valueOf', 'name.toString', 'tags.map']) {
    expect([undefined, []]).toContainEqual(jsonPath(name)(record));
  }
  const hostile: unknown = JSON.parse('{"__proto__": {"id": "evil"}, "toString": "mine"}');
  expect(jsonPath('id')(hostile)).toBeUndefined();
  expect(jsonPath('toString')(hostile)).toBe('mine');
});

it.each([['__proto__'], ['a.__proto__.b'], ['constructor.prototype'], ['a[0].prototype'], ['a[b'], ['a[]'], ['a[0]b'], ['']])(
  'refuses %s',
  (path) => {
    expect(() => jsonPath(path)).toThrow(UsageError);
  },
);

it('a long path and a deep record take no time', () => {
  const path = Array.from({ length: 120 }, () => 'a').join('.');
  const nested: unknown = JSON.parse('{"a":'.repeat(120) + '7' + '}'.repeat(120));
  expect(jsonPath(path)(nested)).toBe(7);
  const list: unknown = JSON.parse(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`);
  expect(jsonPath('a.b')(list)).toEqual([]);
});

it('is undefined for what is no record', () => {
  for (const none of [null, undefined, 'text', 7, true]) expect(jsonPath('id')(none)).toBeUndefined();
});

it('two plain keys say the same as they do in a longer path', () => {
  const key = fc.constantFrom('a', 'b', 'a.b', 'c');
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom(null, '', 'x', 0, false),
      fc.dictionary(key, tie('value'), { maxKeys: 3 }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  }));
  fc.assert(
    fc.property(value, (below) => {
      const longer = jsonPath('above.a.b')({ above: below });
      // Of null on the way, a longer path keeps the null.
      expect(jsonPath('a.b')(below)).toEqual(below === null ? undefined : longer);
    }),
    { numRuns: cases(2000, 500) },
  );
});
