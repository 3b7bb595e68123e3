/** Marks on letters, and what stands in brackets behind a name: `First Name [Required]`, `Status (read only)`. */
const MARKS = /[\u0300-\u036f]/g;
const ASIDE = /\s*[[(（【][^\])）】]*[\])）】]\s*$/u;
const OTHER = /[^\p{L}\p{N}]+/gu;
/** Letters that have no mark to lose. */
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', ø: 'o', æ: 'ae', œ: 'oe', ı: 'i', đ: 'd' };

/** Names that are longer say something else. */
const LONGEST = 80;

/**
 * A name of a column for comparison: `userPrincipalName`, `User Principal Name` and `user_principal_name` are one, `E-Mail-Adresse` is `emailadresse`, `Prénom`
 * is `prenom`.
 */
export function headerKey(name: string): string {
  if (name.length > LONGEST) return '';
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ßłøæœıđ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(MARKS, '')
    .normalize('NFC');
  return plain.replace(OTHER, '');
}

/** The keys under which a name may be known, best first: as it stands, without what is said in brackets, without whose it is. */
export function headerKeys(name: string): readonly string[] {
  const whole = headerKey(name);
  const bare = headerKey(name.replace(ASIDE, ''));
  // The last step of a path: `profile.email`, `user/name`.
  const last = headerKey(/[./:]([^./:]+)$/.exec(name)?.[1] ?? '');
  const keys = [whole, bare, ...[whole, bare].flatMap(withoutOwner), last];
  return [...new Set(keys)].filter((key) => key !== '');
}

/** Keys of the whole name: nothing that stands in brackets or in front of a dot is left out. */
export function ownKeys(name: string): readonly string[] {
  const whole = headerKey(name);
  return [whole, ...withoutOwner(whole)];
}

/** What may stand in brackets without a new sense: forms, zones, and who may write it. */
const HARMLESS =
  /^(?:required|optional|read[- ]?only|mandatory|pflichtfeld|utc|gmt|cet|[a-z]{3,4} ?[+-]\d+|local(?: time)?|time ?zone.*|yes ?[/|] ?no|y ?[/|] ?n|true ?[/|] ?false|1 ?[/|] ?0|ja ?[/|] ?nein|text|string|date|boolean|work|business|company|corporate|primary|main|current|hr|id|#|[dmy]{1,4}(?:[-/. ][dmy]{1,4}){1,2}|iso ?8601)$/i;
/** Steps of a path that lead to the person or the account itself. */
const STEPS = new Set(
  'profile attributes attribute properties addresses aliases fields data node item items record records root value values basic general details info employment job work internal primary email emails mail mails name names identity identities login credentials contact contacts urn ietf params scim schemas core extension enterprise http https id state status current human reports'.split(
    ' ',
  ),
);

/** Does the name say of its own that it is somebody else's, or has a narrower sense? `mfa.enabled`, `created_by.email`, `Active (30 days)`. */
export function isOfAnother(name: string): boolean {
  const aside = ASIDE.exec(name)?.[0]?.trim().slice(1, -1).trim();
  if (aside !== undefined && !HARMLESS.test(aside) && !STEPS.has(headerKey(aside)) && !OWNERS.includes(headerKey(aside))) return true;
  const steps = name.replace(ASIDE, '').split(/[./:]/).slice(0, -1).map(headerKey);
  return !steps.every((step) => /^\d*$/.test(step) || STEPS.has(step) || OWNERS.includes(step) || OWNERS.includes(step.replace(/s$/, '')));
}

/** Whose it is, in front of a name or behind it. */
const OWNERS =
  'user account employee member person worker staff profile colleague benutzer nutzer konto mitarbeiter utilisateur compte employe salarie usuario cuenta empleado conta funcionario colaborador utente dipendente gebruiker medewerker uzytkownik pracownik ユーザー 社員 従業員'.split(
    ' ',
  );
const JOINTS = ['', 'of', 'des', 'der', 'del', 'de', 'du', 'dell', 'do', 'da', 'di', 'van', 'delutilisateur', 'の'];

function withoutOwner(key: string): readonly string[] {
  // In a CRM an account is a customer.
  if (key === 'accountname') return [];
  const found: string[] = [];
  for (const owner of OWNERS) {
    for (const many of [`${owner}s`, owner]) {
      if (key.startsWith(many) && key.length > many.length) found.push(withoutJoint(key.slice(many.length), 'の'));
      if (key.endsWith(many) && key.length > many.length) found.push(...JOINTS.flatMap((joint) => endOff(key, joint + many)));
    }
  }
  return found;
}

function withoutJoint(rest: string, joint: string): string {
  return rest.startsWith(joint) ? rest.slice(joint.length) : rest;
}

function endOff(key: string, end: string): readonly string[] {
  return key.endsWith(end) && key.length > end.length ? [key.slice(0, -end.length)] : [];
}
