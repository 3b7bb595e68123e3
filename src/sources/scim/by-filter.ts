import type { Account } from '../../model/account.js';
import { fold } from '../../model/fold.js';
import type { Person } from '../../model/person.js';
import type { About } from '../../contract/source.js';
import type { ScimResource } from './list-response.js';
import type { Ask, UsersEndpoint } from './users-endpoint.js';

/** Requests for one person at the most. */
const MOST = 12;

/**
 * The users that a filter finds for one person (RFC 7644 section 3.4.2.2), each once: by the directory's id, by user name and by address.
 * Undefined where the server refuses to filter. Filters put the person's names into the server's access log, so nothing but a look-up of that
 * person filters. Whoever is not found may be there all the same: under another name, in another case, behind a filter that is not what it says.
 */
export async function byFilter(endpoint: UsersEndpoint, about: About, count: number, ask: Ask): Promise<ScimResource[] | undefined> {
  const filters = [
    ...about.ids.map((id) => `externalId eq ${quoted(id)}`),
    ...about.userNames.map((name) => `userName eq ${quoted(name)}`),
    ...about.emails.map((address) => `emails.value eq ${quoted(address)}`),
  ];
  const found = new Map<string, ScimResource>();
  for (const filter of filters.slice(0, MOST)) {
    const page = await endpoint.filtered(filter, count, ask);
    if (page === 'refused') return undefined;
    for (const user of page.resources) found.set(user.id, user);
  }
  return [...found.values()];
}

/** Does the row carry one of the names that were asked for? */
export function isAbout({ externalId, userName, emails = [] }: Account | Person, about: About): boolean {
  if (externalId !== undefined && about.ids.includes(externalId)) return true;
  const names = new Set([...about.userNames, ...about.emails].map(fold));
  return [userName, ...emails].some((name) => name !== undefined && names.has(fold(name)));
}

/** A comparison value is JSON (RFC 7644 section 3.4.2.2). */
function quoted(text: string): string {
  return JSON.stringify(text);
}
