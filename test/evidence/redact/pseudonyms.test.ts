import fc from '../../property.js';
import { expect, test } from 'vitest';
import { comparable } from '../../../src/diff/compare.js';
import { Pseudonyms } from '../../../src/evidence/redact/pseudonyms.js';
import { foldKey } from '../../../src/match/keys.js';
import { fold } from '../../../src/model/fold.js';
import type { AddressRules } from '../../../src/model/policy.js';
import { cases } from '../../night.js';

const names = new Pseudonyms(Buffer.from('a key of thirty-two bytes, or so'));

/** Values that are nearly each other: case, white space, accents, tags, dots, domains, words for nobody. */
const part = fc.array(fc.constantFrom('a', 'A', 'b', '.', 'é', 'e\u0301', 'ß', 'SS', '1', '0', 'n/a', '-'), { minLength: 1, maxLength: 4 }).map((all) => all.join('')); // prettier-ignore
const local = fc.oneof(part, part.chain((a) => part.map((b) => `${a}+${b}`)), fc.constantFrom('noreply', 'NoReply', 'none')); // prettier-ignore
const domain = fc.constantFrom('corp.example', 'CORP.example', 'old.example', 'other.example');
const space = fc.constantFrom('', '', '', ' ', '\t');
const value = fc.tuple(space, fc.oneof(part, local.chain((l) => domain.map((d) => `${l}@${d}`)), fc.constantFrom('', 'N/A', 'null', '0000', '@corp.example', 'mailto:a@corp.example')), space).map((all) => all.join('')); // prettier-ignore

const RULES: AddressRules = {
  plus: new Set(['corp.example']),
  dots: new Set(['corp.example', 'other.example']),
  same: new Map([['old.example', 'corp.example']]),
};
const REDACTED: AddressRules = {
  plus: new Set([...RULES.plus].map((one) => names.domain(one))),
  dots: new Set([...RULES.dots].map((one) => names.domain(one))),
  same: new Map([...RULES.same].map(([from, to]) => [names.domain(from), names.domain(to)])),
};

/** A tag or a dot that no rule looks at may stand anywhere: these have one place each. */
const isOrderly = (text: string): boolean => !/\+.*\.|^\s*[.+]|[.+]@|\.\+/.test(text);

test('pseudonyms are equal where the values are: to the letter, folded, and as keys with and without address rules', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      fc.pre(isOrderly(a) && isOrderly(b));
      const [x, y] = [names.value(a), names.value(b)];
      expect([a, b, x === y]).toEqual([a, b, a === b]);
      expect([a, b, fold(x) === fold(y)]).toEqual([a, b, fold(a) === fold(b)]);
      for (const [rules, redacted] of [
        [undefined, undefined],
        [RULES, REDACTED],
      ] as const) {
        // prettier-ignore
        const [before, after] = [
          [foldKey(a, rules), foldKey(b, rules)],
          [foldKey(x, redacted), foldKey(y, redacted)],
        ];
        expect([a, b, after.map((key) => key === undefined)]).toEqual([a, b, before.map((key) => key === undefined)]);
        expect([a, b, after[0] === after[1]]).toEqual([a, b, before[0] === before[1]]);
      }
    }),
    { numRuns: cases(5000, 1000) },
  );
});

test('attributes that compare as equal do so in a pack as well', () => {
  const written = fc.array(fc.constantFrom('Ada', 'ADA', 'L.', 'é', 'e\u0301', ' ', '  ', '\u00a0'), { maxLength: 5 }).map((all) => all.join('')); // prettier-ignore
  fc.assert(
    fc.property(written, written, fc.constantFrom('familyName', 'manager'), (a, b, name) => {
      const same = (x: string, y: string): boolean => comparable(name, x) === comparable(name, y);
      fc.pre(name === 'familyName' || ![a, b].some((text) => /\s\s|\u00a0/.test(text)));
      expect([a, b, same(names.attribute(a), names.attribute(b))]).toEqual([a, b, same(a, b)]);
    }),
    { numRuns: cases(3000, 600) },
  );
});

test('a pseudonym has the shape of what it stands for, and nothing of it', () => {
  expect(names.value('ada.lovelace+news@Corp.example')).toMatch(/^p-[a-z.]+\+t-[a-z]{16}@d-[a-zA-Z]{12}\.example$/);
  expect(names.value('ada')).toBe(names.value('ada@corp.example').split('@')[0]);
  expect(names.value('Ada')).not.toBe(names.value('ada'));
  expect(names.value('Ada').toLowerCase()).toBe(names.value('ada'));
  for (const nobody of ['', 'n/a', ' N/A ', '0000', 'null']) expect(names.value(nobody)).toBe(nobody);
  expect(names.value('noreply@corp.example')).toMatch(/^noreply@d-/);
});

test('another key gives others, and its mark tells it', () => {
  const others = new Pseudonyms(Buffer.from('another key of thirty-two bytes.'));
  expect(others.value('ada')).not.toBe(names.value('ada'));
  expect(others.keyId).not.toBe(names.keyId);
  expect(new Pseudonyms(Buffer.from('a key of thirty-two bytes, or so')).value('ada')).toBe(names.value('ada'));
});
