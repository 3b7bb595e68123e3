import type { Role } from '../../model/role.js';
import { isOfAnother } from './header.js';
import type { ColumnLook } from './look.js';
import { truthOf } from './words.js';

/** Addresses of somebody else: who made the account, who pays for it, whom to call. */
const OTHERS =
  /\bby\b|_by\b|[a-z]By\b|owner|approv|manag|supervis|emergency|notfall|urgence|billing|recover|refer|sponsor|invit|assist|creat|reports? ?to|boss|chef|vorgesetzt|responsable|backup|alternat|partner|spouse|home|privat|personal\b|perso\b|hr ?bp|business ?partner|buddy|mentor|support|customer|client/i;

export function isOfOthers(name: string): boolean {
  return OTHERS.test(name) || isOfAnother(name);
}

/** What speaks of an end in a name that no table has. */
const ENDS: Readonly<Record<Role, RegExp>> = {
  person:
    /\bleft\b|leaver|leaving|departed|departure|terminat|resign|retired|separated|separation|dismiss|offboard|\bexit|\bex[- ]?employee|austritt|austritts|ausgeschieden|gekündigt|kündigung|départ\b|sortie|démission|despido|desvincul|deslig|demiss|cessa[zt]|dimission|uit dienst|ontslag|zwoln|odejści|slutat|退職|退社/iu,
  account:
    /disabled?\b|terminat|removed|banned|suspend|lock(?:ed|out)|blocked|deleted|archived|inactiv|not[ _-]?active|revoked|expired|cancel|frozen|deactivat|gesperrt|deaktiviert|gelöscht|désactiv|bloqu|suprim|supprim|disattiv|blocca|geblokkeerd|zablokowan|spärrad|無効|停止|削除/iu,
};
/** What ends beside them. */
const BESIDE =
  /mfa|2fa|2sv|factor|sso|saml|billing|licen[cs]e|verif|newsletter|notif|subscri|sync|backup|device|phone|mailbox|forward|visa|password|passwort|kennwort|mot de passe|contraseña|senha|eligib|\bcount\b|number of|days|attempt|interview|survey|leave|pay|permit|e-?mail/i;

/** Nothing says who is off, and this column may: some rows have it. */
export function maySayOff(role: Role, { name, filled, words }: ColumnLook): boolean {
  if (filled === 0 || !ENDS[role].test(name.replace(/_/g, ' ')) || BESIDE.test(name)) return false;
  // A flag that nobody has says nothing, whatever it is a flag of.
  return words.size === 0 || [...words.keys()].some((word) => truthOf(word) !== false);
}
