/** What shadow(5) says of an account. */
export interface Shadow {
  readonly password: string;
  /** Days since 1970. */
  readonly expires: string;
}

/** `locked`: there is one, and it is switched off (usermod -L); `none`: no password fits (`*`, `!`); `empty`: none is asked for. */
export type Password = 'set' | 'locked' | 'none' | 'empty';

const DAY = 86_400_000;

export function passwordOf(field: string): Password {
  if (field === '') return 'empty';
  if (/^[!*]+$/.test(field)) return 'none';
  return /^[!*]/.test(field) ? 'locked' : 'set';
}

/** From when on the account is closed, whichever way somebody logs in; undefined: never. 0 is read both ways (shadow(5)): 1970, or never. */
export function expiryOf({ expires }: Shadow): number | 'unknown' | undefined {
  if (expires === '' || expires.startsWith('-')) return undefined;
  return /^[1-9]\d*$/.test(expires) ? Number(expires) * DAY : 'unknown';
}

/** Shells that end at once. */
const NO_SHELL = /\/(?:nologin|false|true|sync|halt|shutdown)$/;

/**
 * An expiry closes the account. A password that is locked closes one way in: a key in ~/.ssh/authorized_keys is another, so with a shell it is not known. So it
 * is with a password and no shell: files and tunnels need none.
 */
export function statusOf(password: Password, shell: string, isExpired: boolean): 'active' | 'deactivated' | 'unknown' {
  if (isExpired) return 'deactivated';
  const lets = password === 'set' || password === 'empty';
  const hasShell = !NO_SHELL.test(shell);
  if (lets && hasShell) return 'active';
  return lets || hasShell ? 'unknown' : 'deactivated';
}
