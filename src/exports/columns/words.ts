import type { AccountStatus } from '../../model/account.js';
import type { PersonState } from '../../model/person.js';
import type { Role } from '../../model/role.js';
import { entriesOf } from './entries.js';
import { headerKey } from './header.js';
import type { Language } from './names.js';

/** What a word of a state or status means; `inactive`: gone, off for a while or away, so that of people it is asked. */
export type Sense = Exclude<PersonState | AccountStatus, 'unknown'> | 'inactive';

type Dictionary = Table<Sense>;

/**
 * Words that leave no doubt. Those that are not here are asked for: `locked` and `gesperrt` (by an administrator, or by a wrong password), `baja` (gone in one
 * country, ill in the next), `gekündigt` (still there until the last day), `expired`, `archived`.
 */
const BOTH: Dictionary = {
  active: {
    en: 'active|enabled|activated|currently active',
    de: 'aktiv|aktiviert|freigeschaltet',
    fr: 'actif|active|activé|activée',
    es: 'activo|activa|activado|habilitado',
    pt: 'ativo|ativa|ativado|habilitado|activo',
    it: 'attivo|attiva|attivato|abilitato',
    nl: 'actief|geactiveerd|ingeschakeld',
    pl: 'aktywny|aktywna|aktywne|aktywowany|włączony',
    sv: 'aktiv|aktiverad',
    ja: '有効|アクティブ',
  },
  inactive: {
    en: 'inactive|not active',
    de: 'inaktiv|nicht aktiv',
    fr: 'inactif|inactive|non actif',
    es: 'inactivo|inactiva|no activo',
    pt: 'inativo|inativa|inactivo',
    it: 'inattivo|inattiva|non attivo',
    nl: 'inactief|niet actief',
    pl: 'nieaktywny|nieaktywna|nieaktywne',
    sv: 'inaktiv|ej aktiv',
    ja: '無効|非アクティブ',
  },
  suspended: {
    en: 'suspended|account suspended',
    de: 'suspendiert',
    fr: 'suspendu|suspendue',
    es: 'suspendido|suspendida',
    pt: 'suspenso|suspensa',
    it: 'sospeso|sospesa',
    nl: 'geschorst|opgeschort',
    pl: 'zawieszony|zawieszona|zawieszone',
    sv: 'avstängd',
    ja: '停止|停止中|一時停止|利用停止',
  },
  deleted: {
    en: 'deleted|removed|account deleted',
    de: 'gelöscht|entfernt',
    fr: 'supprimé|supprimée',
    es: 'eliminado|eliminada|borrado',
    pt: 'excluído|excluída|removido|eliminado',
    it: 'eliminato|eliminata|cancellato|rimosso',
    nl: 'verwijderd',
    pl: 'usunięty|usunięta|usunięte',
    sv: 'borttagen|raderad',
    ja: '削除|削除済み|削除済',
  },
};

const ACCOUNT: Dictionary = {
  pending: {
    en: 'pending|invited|invitation sent|pending invitation|invitation pending|pending activation|staged|not yet activated|invite pending|invite sent|invitation pending acceptance|pending invite|awaiting activation',
    de: 'eingeladen|ausstehend|Einladung ausstehend|Einladung versendet|Einladung gesendet',
    fr: 'invité|invitée|en attente|invitation envoyée|en attente d’activation',
    es: 'invitado|invitada|pendiente|invitación enviada|pendiente de activación',
    pt: 'convidado|convidada|pendente|convite enviado|aguardando ativação',
    it: 'invitato|invitata|in attesa|invito inviato|in sospeso',
    nl: 'uitgenodigd|in afwachting|uitnodiging verzonden',
    pl: 'zaproszony|zaproszona|oczekujący|oczekuje|zaproszenie wysłane',
    sv: 'inbjuden|väntar|inbjudan skickad',
    ja: '招待中|招待済み|保留中|招待済|未承認',
  },
  deactivated: {
    en: 'deactivated|disabled|account disabled|deprovisioned|blocked|revoked|sign-in blocked',
    de: 'deaktiviert|abgeschaltet|ausgeschaltet',
    fr: 'désactivé|désactivée',
    es: 'desactivado|desactivada|deshabilitado|deshabilitada',
    pt: 'desativado|desativada|desabilitado|desactivado',
    it: 'disattivato|disattivata|disabilitato|disabilitata',
    nl: 'gedeactiveerd|uitgeschakeld',
    pl: 'dezaktywowany|dezaktywowana|wyłączony|wyłączona|wyłączone',
    sv: 'inaktiverad|avaktiverad',
    ja: '無効化|無効化済み|非有効',
  },
};

const PERSON: Dictionary = {
  active: {
    en: 'employed|current|current employee|working|active employee|full-time|full time|part-time|part time|permanent|regular|in service|on probation',
    de: 'beschäftigt|angestellt|im Dienst|Vollzeit|Teilzeit|in Probezeit',
    fr: 'présent|présente|en poste|en activité|temps plein|temps partiel',
    es: 'en activo|empleado|empleada|tiempo completo|tiempo parcial',
    pt: 'em atividade|contratado|tempo integral|meio período|trabalhando',
    it: 'in forza|in servizio|assunto|assunta|tempo pieno|tempo parziale',
    nl: 'in dienst|werkzaam|voltijd|deeltijd',
    pl: 'zatrudniony|zatrudniona|pracuje|pełny etat',
    sv: 'anställd|heltid|deltid|i tjänst',
    ja: '在籍|在籍中|在職|在職中|就業中|勤務中',
  },
  terminated: {
    en: 'terminated|left|leaver|resigned|retired|dismissed|departed|former|former employee|ex-employee|left company|left the company|separated|no longer employed|deceased|quit|fired',
    de: 'ausgeschieden|ausgetreten|ehemalig|ehemalige|ehemaliger|pensioniert|im Ruhestand|verstorben|entlassen',
    fr: 'sorti|sortie|parti|partie|retraité|retraitée|licencié|licenciée|ancien|ancien salarié|ancien employé|décédé',
    es: 'cesado|cesada|desvinculado|desvinculada|despedido|despedida|jubilado|jubilada|terminado|ex empleado|retirado',
    pt: 'desligado|desligada|demitido|demitida|aposentado|aposentada|rescindido|ex-funcionário|falecido',
    it: 'cessato|cessata|dimesso|dimessa|licenziato|licenziata|pensionato|in pensione|ex dipendente',
    nl: 'uit dienst|vertrokken|ontslagen|gepensioneerd|met pensioen|ex-medewerker',
    pl: 'zwolniony|zwolniona|były pracownik|odszedł|odeszła|emerytowany|niezatrudniony',
    sv: 'slutat|avslutad|uppsagd och slutat|pensionerad|före detta|har slutat',
    ja: '退職|退職済み|退職済|退社|退社済み|離職|離職済み|解雇|定年退職',
  },
  leave: {
    en: 'on leave|leave|leave of absence|LOA|furloughed|furlough|sabbatical|parental leave|maternity leave|paternity leave|medical leave|long-term leave|sick leave|unpaid leave|paid leave',
    de: 'beurlaubt|Elternzeit|in Elternzeit|Mutterschutz|im Mutterschutz|langzeitkrank|Sabbatical',
    fr: 'en congé|congé|congé parental|congé maternité|congé maladie|arrêt maladie|en congé parental|congé sans solde|congé sabbatique',
    es: 'en licencia|licencia|de licencia|permiso|excedencia|en excedencia|baja médica|baja por maternidad',
    pt: 'afastado|afastada|licença|em licença|de licença|licença maternidade|férias',
    it: 'aspettativa|in aspettativa|congedo|in congedo|maternità|in maternità|congedo parentale',
    nl: 'met verlof|verlof|ouderschapsverlof|zwangerschapsverlof|onbetaald verlof',
    pl: 'na urlopie|urlop|urlop macierzyński|urlop wychowawczy|urlop bezpłatny|urlop rodzicielski',
    sv: 'tjänstledig|föräldraledig|sjukskriven|ledig',
    ja: '休職|休職中|育休|育休中|産休|産休中|育児休業中|休業中|介護休業中',
  },
  'pre-hire': {
    en: 'pre-hire|prehire|pre hire|future hire|not started|not yet started|hired not started|pre-start|offer accepted|pending start',
    de: 'noch nicht eingetreten|künftig|zukünftig|vor Eintritt',
    fr: 'futur|futur salarié|à venir|pas encore arrivé',
    es: 'por ingresar|futura alta|pre-ingreso',
    pt: 'pré-admissão|em admissão|futuro',
    it: 'futuro assunto|da assumere',
    nl: 'nog niet in dienst|toekomstig',
    pl: 'przyszły pracownik|przed zatrudnieniem',
    sv: 'ej börjat|kommande',
    ja: '入社予定|入社前|内定|採用予定',
  },
  suspended: { en: 'disabled|account disabled|deactivated|blocked|sign-in blocked', de: 'deaktiviert', fr: 'désactivé', ja: '無効化' },
};

/** Yes and no. An `x` is a cross in a box. */
const TRUTHS: Readonly<Record<'yes' | 'no', Readonly<Partial<Record<Language, string>>>>> = {
  yes: {
    en: 'true|yes|y|1|on|x|✓|✔|checked|enabled',
    de: 'ja|wahr|j',
    fr: 'oui|vrai|o',
    es: 'sí|verdadero|s',
    pt: 'sim|verdadeiro|s',
    it: 'sì|vero|s',
    nl: 'ja|waar',
    pl: 'tak|prawda|t',
    sv: 'ja|sant',
    ja: 'はい|有|○|有り|あり|有効',
  },
  no: {
    en: 'false|no|n|0|off|unchecked|disabled|✗|✘',
    de: 'nein|falsch',
    fr: 'non|faux',
    es: 'no|falso',
    pt: 'não|falso',
    it: 'no|falso',
    nl: 'nee|onwaar',
    pl: 'nie|fałsz',
    sv: 'nej|falskt',
    ja: 'いいえ|無|×|なし|無し|無効',
  },
};

type Table<Meant extends string> = Readonly<Partial<Record<Meant, Readonly<Partial<Record<Language, string>>>>>>;

function tableOf<Meant extends string>(dictionaries: readonly Table<Meant>[]): ReadonlyMap<string, Meant> {
  const table = new Map<string, Meant>();
  for (const [meant, , word] of dictionaries.flatMap(wordsIn)) if (!table.has(wordKey(word))) table.set(wordKey(word), meant);
  return table;
}

function wordsIn<Meant extends string>(dictionary: Table<Meant>): readonly (readonly [Meant, Language, string])[] {
  return entriesOf(dictionary).flatMap(([meant, languages]) =>
    entriesOf(languages).flatMap(([language, words]) => words.split('|').map((word) => [meant, language, word] as const)),
  );
}

/** As a name of a column, and marks alone as they are. */
function wordKey(word: string): string {
  return headerKey(word) || word.trim();
}

const dictionariesOf = (role: Role): readonly Dictionary[] => [role === 'person' ? PERSON : ACCOUNT, BOTH];

/** Made when first asked: of a known export nobody asks. */
const tables: { person?: ReadonlyMap<string, Sense>; account?: ReadonlyMap<string, Sense>; truths?: ReadonlyMap<string, 'yes' | 'no'> } =
  {};

/** What a word of a column of states means; undefined: nobody is sure. */
export function senseOf(role: Role, word: string): Sense | undefined {
  return (tables[role] ??= tableOf(dictionariesOf(role))).get(wordKey(word));
}

/** Does a word of a flag say yes? */
export function truthOf(word: string): boolean | undefined {
  const truth = (tables.truths ??= tableOf([TRUTHS])).get(wordKey(word));
  return truth === undefined ? undefined : truth === 'yes';
}

/** Every word of the languages that were seen, written as those: for a list whose end was not seen. */
export function wordsLike(role: Role, seen: readonly string[]): readonly (readonly [word: string, sense: Sense])[] {
  const style = styleOf(seen);
  const keys = new Set(seen.map(wordKey));
  const all = dictionariesOf(role).flatMap(wordsIn);
  const languages = new Set(all.flatMap(([, language, word]) => (keys.has(wordKey(word)) ? [language] : [])));
  return all.flatMap(([, language, word]) => {
    const sense = senseOf(role, word);
    return languages.has(language) && sense !== undefined ? [[style(word), sense] as const] : [];
  });
}

function styleOf(seen: readonly string[]): (word: string) => string {
  const letters = seen.filter((word) => word.toLowerCase() !== word.toUpperCase());
  const joint = seen.some((one) => one.includes('_')) ? '_' : ' ';
  if (letters.every((word) => word === word.toUpperCase())) return (word) => word.toUpperCase().replaceAll(' ', joint);
  if (letters.every((word) => word === word.toLowerCase())) return (word) => word.toLowerCase().replaceAll(' ', joint);
  return (word) => word.charAt(0).toUpperCase() + word.slice(1);
}
