import type { Account } from '../../model/account.js';
import type { Attributes, Person } from '../../model/person.js';
import type { Flags } from './filters.js';
import { isKept } from './kept.js';
import type { Pseudonyms } from './pseudonyms.js';

/** A record of the directory without its personal data, and with what filters said of it. */
export function redactPerson(person: Person, pseudonyms: Pseudonyms, flags: Flags<Person>): Person {
  return {
    ...person,
    ...redactKeys(person, pseudonyms),
    attributes: { ...redactAttributes(person.attributes, pseudonyms), ...flags.answers(person) },
  };
}

export function redactAccount(account: Account, pseudonyms: Pseudonyms, flags: Flags<Account>): Account {
  const { credentials } = account;
  return {
    ...account,
    ...redactKeys(account, pseudonyms),
    attributes: { ...redactAttributes(account.attributes, pseudonyms), ...flags.answers(account) },
    ...(credentials === undefined ? {} : { credentials: credentials.map((one) => ({ ...one, id: pseudonyms.value(one.id) })) }),
  };
}

type Keys = Pick<Person & Account, 'id' | 'userName' | 'emails' | 'aliases' | 'employeeId' | 'externalId'>;

function redactKeys({ id, userName, emails, aliases, employeeId, externalId }: Keys, pseudonyms: Pseudonyms): Keys {
  const one = (text: string | undefined): string | undefined => (text === undefined ? undefined : pseudonyms.value(text));
  const all = (texts: readonly string[] | undefined): readonly string[] | undefined => texts?.map((text) => pseudonyms.value(text));
  return {
    id: pseudonyms.value(id),
    ...given({
      userName: one(userName),
      emails: all(emails),
      aliases: all(aliases),
      employeeId: one(employeeId),
      externalId: one(externalId),
    }),
  };
}

function redactAttributes(attributes: Attributes, pseudonyms: Pseudonyms): Attributes {
  const redacted = Object.entries(attributes).map(([name, text]) => [
    name,
    text === undefined || isKept(name) ? text : pseudonyms.attribute(text),
  ]);
  return Object.fromEntries(redacted) as Attributes;
}

function given(keys: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined));
}
