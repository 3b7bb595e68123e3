import { z } from 'zod';
import type { FieldSpec } from '../model/config.js';
import { text } from './scalars.js';

const FORBIDDEN_STEP = /(?:^|[.:[\]"'])(?:__proto__|constructor|prototype)(?:$|[.:[\]"'])/;
const path = text.max(500).refine((place) => !FORBIDDEN_STEP.test(place), 'a path must not go through __proto__, constructor or prototype');
const placeError = 'expected a path, a list of paths, { from, map } or { const }';
const paths = z.array(path).min(1, 'expected one path at least');
/** `absent: false` and `prefer: on` are written without quotes. */
const scalar = z.union([z.string(), z.boolean()], 'expected text').transform(String);

/** Where a value stands in a record. With `values` (a closed list), the targets of a map and a constant must be among them. */
export function fieldSpec(values?: readonly [string, ...string[]]): z.ZodType<FieldSpec> {
  const target = values === undefined ? z.string() : z.enum(values);
  const map = z.record(z.string(), target).exactOptional();
  const absent = (values === undefined ? scalar : target).exactOptional().describe('What it means that there is no value');
  const dated = (values === undefined ? scalar : target).exactOptional().describe('What a date there means');
  const place = z.union([path, z.strictObject({ from: path, map, absent, dated })], 'expected a path, or { from, map }');
  const word = values === undefined ? z.string().min(1) : z.enum(['on', 'off', ...values]);
  const from = z.strictObject({
    from: z.union([path, z.array(place).min(1, 'expected one path at least')], placeError),
    map,
    absent,
    dated,
    prefer: z
      .union([word, z.array(word).min(1)], `expected on, off, ${values === undefined ? 'or a word' : values.join(', ')}, or a list`)
      .exactOptional()
      .describe('Which word counts where several places differ: on, off, or words, best first'),
  });
  return z.union([path, paths, from, z.strictObject({ const: target })], placeError);
}

/** Normal-form name -> place; `null` takes a default mapping away. */
export const fieldMap = z.record(z.string(), fieldSpec().nullable());
