import type { Account } from './account.js';
import type { Person } from './person.js';

/** Either side's row: what a source yields is decided by the role it plays, not by its protocol. */
export type Role = 'person' | 'account';
export type RowOf<R extends Role> = R extends 'person' ? Person : Account;
