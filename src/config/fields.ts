import { z } from 'zod';
import type { FieldSpec } from './config.js';
import { text } from './scalars.js';

const FORBIDDEN_STEP = /(?:^|[.:[\]"'])(?:__proto__|constructor|prototype)(?:$|[.:[\]"'])/;
const path = text.max(500).refine((place) => !FORBIDDEN_STEP.test(place), 'a path must not go through __proto__, constructor or prototype');
const placeError = 'expected a path, a list of paths, { from, map } or { const }';

/** Where a value stands in a record. With `values` (a closed list), the targets of a map and a constant must be among them. */
export function fieldSpec(values?: readonly [string, ...string[]]): z.ZodType<FieldSpec> {
  const target = values === undefined ? z.string() : z.enum(values);
  const paths = z.array(path).min(1, 'expected one path at least');
  const from = z.strictObject({ from: z.union([path, paths], placeError), map: z.record(z.string(), target).optional() });
  return z.union([path, paths, from, z.strictObject({ const: target })], placeError);
}

/** Normal-form name -> place; `null` takes a default mapping away. */
export const fieldMap = z.record(z.string(), fieldSpec().nullable());
