import type { Ledger } from '../../contract/ledger.js';
import { counted } from '../../model/counted.js';
import { expiryOf, passwordOf, statusOf, type Password, type Shadow } from './status.js';
import { loginsIn } from './lastlog.js';

export interface HostFile {
  /** As messages name it. */
  readonly shown: string;
  readonly text: string;
}

export interface HostFiles {
  readonly passwd: HostFile;
  readonly shadow: HostFile | undefined;
  readonly lastlog: HostFile | undefined;
}

/** One account, by the columns that a config may name. */
export interface HostAccount {
  readonly name: string;
  readonly uid: string;
  readonly gecos: string;
  readonly home: string;
  readonly shell: string;
  readonly kind: 'human' | 'service';
  readonly admin: 'true' | 'false';
  readonly password: Password | undefined;
  readonly expired: string | undefined;
  readonly status: 'active' | 'deactivated' | 'unknown';
  readonly lastlog: string | undefined;
}

export interface BadLine {
  readonly line: number;
  readonly what: string;
}

/** nobody, on every system. */
const NOBODY = 65_534;

/** The accounts of passwd(5), joined with shadow(5) and lastlog(8) by their names. `fail` makes the error for a line that is none. */
export function hostAccounts(
  { passwd, shadow, lastlog }: HostFiles,
  { uidMin, now }: { readonly uidMin: number; readonly now: number },
  ledger: Pick<Ledger, 'doubt' | 'remark'>,
  fail: (file: HostFile, bad: BadLine) => Error,
): readonly HostAccount[] {
  const own = linesOf(passwd, 7, ledger, fail);
  const shadowLines = shadow === undefined ? undefined : linesOf(shadow, 9, ledger, fail);
  const shadows = shadowLines === undefined ? undefined : new Map(shadowLines.map((cells) => [cells[0] ?? '', cells]));
  const logins = lastlog === undefined ? undefined : loginsIn(lastlog.text);
  const repeated = (shadowLines?.length ?? 0) - (shadows?.size ?? 0);
  if (repeated > 0) ledger.doubt(`${counted(repeated, 'line', 'lines')} of shadow ${repeated === 1 ? 'repeats' : 'repeat'} a name`);
  const names = new Set(own.map(([name]) => name));
  const alone = [...(shadows?.keys() ?? [])].filter((name) => !names.has(name));
  if (alone.length > 0)
    ledger.doubt(`${counted(alone.length, 'name', 'names')} of shadow ${alone.length === 1 ? 'is' : 'are'} not in passwd: are the copies of one moment?`); // prettier-ignore
  const lost = shadows === undefined ? [] : own.filter(([name = '', x]) => x === 'x' && !shadows.has(name));
  if (lost.length > 0)
    ledger.remark(`${counted(lost.length, 'account', 'accounts')} of passwd not in shadow: whether it is locked is not known`);
  return own.map(([name = '', inPasswd = '', uid = '', , gecos = '', home = '', shell = '']) => {
    const number = Number(uid);
    const line = shadows?.get(name);
    // Where it is not `x`, the password stands in passwd itself, as long ago, and shadow is not asked (pam_unix).
    const entry: Shadow | undefined =
      inPasswd !== 'x' ? { password: inPasswd, expires: '' } : line && { password: line[1] ?? '', expires: line[7] ?? '' };
    const { status, expired } = entry === undefined ? { status: 'unknown' as const, expired: undefined } : standing(entry, shell, now);
    return {
      name,
      uid,
      gecos: gecos.split(',')[0] ?? '',
      home,
      shell,
      kind: number < uidMin || number === NOBODY ? 'service' : 'human',
      admin: number === 0 ? 'true' : 'false',
      password: entry === undefined ? undefined : passwordOf(entry.password),
      expired,
      status,
      lastlog: logins?.get(name),
    };
  });
}

function standing(entry: Shadow, shell: string, now: number): Pick<HostAccount, 'status' | 'expired'> {
  const expiry = expiryOf(entry);
  if (expiry === 'unknown') return { status: 'unknown', expired: undefined };
  const isOver = expiry !== undefined && expiry <= now;
  return {
    status: statusOf(passwordOf(entry.password), shell, isOver),
    expired: isOver ? new Date(expiry).toISOString().slice(0, 10) : undefined,
  };
}

/** The lines of a file whose cells stand between colons. */
function linesOf(
  file: HostFile,
  width: number,
  ledger: Pick<Ledger, 'doubt'>,
  fail: (file: HostFile, bad: BadLine) => Error,
): readonly (readonly string[])[] {
  const lines = file.text.split('\n');
  if (lines.pop() !== '') ledger.doubt(`the last line of ${file.shown} has no end: was it copied whole?`);
  const found: string[][] = [];
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    if (/^[+-]/.test(line)) {
      ledger.doubt(`${file.shown} takes more accounts from NIS (line ${at + 1}), and they are not in it`);
      continue;
    }
    const cells = line.split(':');
    if (cells.length !== width) throw fail(file, { line: at + 1, what: `has ${cells.length} cells where there are ${width}` });
    if (cells[0] === '') throw fail(file, { line: at + 1, what: 'has no name' });
    if (width === 7 && !/^\d+$/.test(cells[2] ?? '')) throw fail(file, { line: at + 1, what: 'has no number of a user' });
    found.push(cells);
  }
  return found;
}
