import type { Role } from '../../model/role.js';
import { headerKey } from './header.js';
import type { ColumnLook } from './look.js';

/** Words of a user's type that leave no doubt, by kind. */
const KINDS: Readonly<Record<Role, Readonly<Record<string, string>>>> = {
  account: {
    human:
      'human|member|user|employee|internal|regular|standard|person|normal|full member|internal user|benutzer|mitglied|intern|membre|miembro|membro|lid|użytkownik|メンバー|ユーザー',
    guest: 'guest|external guest|guest user|gast|invité|invitado|convidado|ospite|gość|ゲスト|single-channel guest|multi-channel guest',
    bot: 'bot|app|application|robot|api user|ボット',
    service: 'service|service account|system|integration|dienstkonto|compte de service|cuenta de servicio|サービスアカウント',
  },
  person: {
    human:
      'human|member|user|employee|internal|regular|person|contractor|worker|user mailbox|usermailbox|intern|mitarbeiter|employé|empleado|dipendente|medewerker|pracownik',
    guest: 'guest|gast|guest user|invité|invitado|ospite',
    service: 'service|service account|system|dienstkonto',
    shared: 'shared|shared mailbox|sharedmailbox|room|room mailbox|roommailbox|equipment|equipment mailbox|equipmentmailbox|resource',
  },
};

/** The kinds that the words of a column mean; undefined: one of them is not known, or there are too many of them. */
export function kindWords(role: Role, { words, filled }: ColumnLook): Readonly<Record<string, string>> | undefined {
  if (filled === 0 || words.size === 0) return undefined;
  const kinds = Object.entries(KINDS[role]).flatMap(([kind, list]) => list.split('|').map((word) => [headerKey(word), kind] as const));
  const known = new Map(kinds);
  const found = [...words.keys()].flatMap((word) => {
    const kind = known.get(headerKey(word));
    return kind === undefined ? [] : [[word, kind] as const];
  });
  return found.length === words.size ? Object.fromEntries(found) : undefined;
}
