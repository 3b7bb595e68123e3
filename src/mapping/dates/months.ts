/**
 * Names of months in English, German, French, Spanish, Italian, Portuguese and Dutch, by their first letters: all of them mean the same month wherever they
 * mean one. A name may be cut (`Sept`, `Okt`).
 */
const NAMES: readonly (readonly string[])[] = [
  ['january', 'januar', 'janvier', 'enero', 'gennaio', 'janeiro', 'januari'],
  ['february', 'februar', 'fevrier', 'febrero', 'febbraio', 'fevereiro', 'februari'],
  ['march', 'marz', 'maerz', 'mars', 'marzo', 'marco', 'maart', 'mrt', 'mrz'],
  ['april', 'avril', 'abril', 'aprile'],
  ['may', 'mai', 'mayo', 'maggio', 'maio', 'mei'],
  ['june', 'juni', 'juin', 'junio', 'giugno', 'junho'],
  ['july', 'juli', 'juillet', 'julio', 'luglio', 'julho'],
  ['august', 'aout', 'agosto', 'augustus'],
  ['september', 'septembre', 'septiembre', 'settembre', 'setembro'],
  ['october', 'oktober', 'octobre', 'octubre', 'ottobre', 'outubro'],
  ['november', 'novembre', 'noviembre', 'novembro'],
  ['december', 'dezember', 'decembre', 'diciembre', 'dicembre', 'dezembro'],
];

/** The shortest that any language cuts them to. */
const SHORTEST = 3;

const known = new Map<string, number>();
for (const [at, names] of NAMES.entries())
  for (const name of names)
    for (let length = Math.min(SHORTEST, name.length); length <= name.length; length++) add(name.slice(0, length), at + 1);

function add(name: string, month: number): void {
  // Two months that begin alike (`jui` of juin and juillet): neither is meant for certain.
  known.set(name, known.has(name) && known.get(name) !== month ? 0 : month);
}

/** 1 to 12; undefined for what is no month's name. */
export function monthOf(word: string): number | undefined {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const month = known.get(plain);
  return month === 0 ? undefined : month;
}
