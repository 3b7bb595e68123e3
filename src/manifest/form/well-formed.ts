import { explain, report } from '../../yaml/explain.js';
import { Mistakes, type Path } from '../../yaml/mistakes.js';
import { manifestSchema, type ManifestParts } from './schema.js';

/** What is of good form in a manifest that is not, and where something was taken out. */
export interface WellFormed {
  readonly manifest: ManifestParts;
  readonly lost: readonly Path[];
}

/** Each round takes out what the one before has laid bare. */
const ROUNDS = 10;

/**
 * The parts of a manifest whose form is good enough to look at what they refer to; undefined where none can be told. Of a list only what comes before the
 * first mistake stays, so that places are those of the file.
 */
export function wellFormed(value: unknown): WellFormed | undefined {
  const schema = manifestSchema.partial();
  const rest: unknown = structuredClone(value);
  const lost: Path[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const parsed = schema.safeParse(rest, { error: explain });
    if (parsed.success) return { manifest: parsed.data, lost };
    const places: Path[] = [];
    // Where a mistake is shown is where it is taken out.
    report(parsed.error.issues, [], new Mistakes('', (place) => void places.push(place)));
    const cuts = places.map((place) => present(rest, place));
    if (cuts.some((cut) => cut.length === 0)) return undefined;
    for (const cut of cuts) take(rest, cut);
    lost.push(...cuts);
  }
  return undefined;
}

/** The path as far as it leads: what is missing is a mistake of what it is missing in. */
function present(value: unknown, path: Path): Path {
  let at = value;
  for (const [i, step] of path.entries()) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return path.slice(0, i);
    at = (at as Record<string | number, unknown>)[step];
  }
  return path;
}

function take(value: unknown, path: Path): void {
  const last = path.at(-1) as string | number;
  const holder = path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string | number, unknown> | undefined)?.[step], value);
  if (Array.isArray(holder)) holder.length = Math.min(holder.length, Number(last));
  else if (typeof holder === 'object' && holder !== null) Reflect.deleteProperty(holder, last);
}
