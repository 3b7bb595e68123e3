import { changeAt } from './place.js';

/** Of a field in the manifest's words: the paths that it reads. */
function pathsOf(field) {
  if (typeof field === 'string') return [field];
  if (Array.isArray(field)) return field.flatMap(pathsOf);
  if (field?.from !== undefined) return pathsOf(field.from);
  return [...(field?.template ?? '').matchAll(/\$\{([^}]*)\}/g)].map(([, path]) => path);
}

/** What makes account `i` another one than those beside it. Later ones win where several look at the same place. */
const NAMES = {
  id: (old, i, { idOf }) => (typeof old === 'number' ? i + 1 : idOf(i)),
  externalId: (_, i) => `p${i}`,
  employeeId: (_, i) => `E${i}`,
  // The prefix may be what tells a service account.
  userName: (old, i, { isPerson }) => (isPerson ? `user${i}` : `${old}${i}`),
  emails: (old) => old,
  aliases: (old) => old,
};

/** Ids that look like the one that is given: `00u1000017` after `00u1`, a UUID after a UUID, 4000017 after `42`. */
export function idsLike(sample) {
  if (/^\d{1,15}$/.test(sample)) return (i) => String(4 * 10 ** (Math.max(sample.length, 7) - 1) + i);
  const head = sample.length < 12 ? sample : sample.slice(0, -6);
  return (i) => `${head}${String(i).padStart(6, '0')}`;
}

/**
 * A copy of a recorded record for account `i`, whose person is `useri@corp.example`, and everything else as it was recorded.
 * `fields`: the manifest's, or for records that belong to accounts a list of such maps. `context`: { idOf, isPerson }.
 */
export function recordOf(template, fields, i, context) {
  const record = JSON.parse(JSON.stringify(template));
  const named = (change) => (old) => {
    if (Array.isArray(old)) return old.map(named(change));
    if (typeof old === 'object' && old !== null)
      return Object.fromEntries(Object.entries(old).map(([key, value]) => [key, mailOf(value, i)]));
    if (old === null || old === '' || typeof old === 'boolean') return old;
    return typeof old === 'string' && old.includes('@') ? mailOf(old, i) : change(old, i, context);
  };
  for (const [name, change] of Object.entries(NAMES))
    for (const path of [fields].flat().flatMap((map) => pathsOf(map[name]))) changeAt(record, path, named(change));
  return record;
}

/** `SMTP:ada@corp.example` -> `SMTP:user17@corp.example`; what is no address stays. */
function mailOf(value, i) {
  if (Array.isArray(value)) return value.map((one) => mailOf(one, i));
  return typeof value === 'string' && value.includes('@') ? value.replace(/[^@#:]+(?=[@#])/, `user${i}`) : value;
}
