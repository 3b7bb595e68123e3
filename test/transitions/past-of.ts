import type { AppPast } from '../../src/model/past.js';
import type { Person } from '../../src/model/person.js';
import { audit, DAY, newBook, START, type Seen } from '../history/book.js';
import { account, person } from '../in-memory.js';

/** One audit in one line: the day, the person (`-`: not in the directory), the account (`-`: not in the list), and what is amiss. */
export interface Line {
  readonly day: number;
  readonly person: '-' | (Partial<Person> & { department?: string });
  readonly account: '-' | (Partial<Parameters<typeof account>[1]> & { id?: string; department?: string; owner?: string });
  readonly peopleWhole?: boolean;
  readonly whole?: boolean;
  /** The app was not read. */
  readonly unread?: boolean;
  /** Nobody has an account. */
  readonly empty?: boolean;
  /** When the records of that many of the others were touched last, days; nothing dates them otherwise. */
  readonly touched?: readonly [others: number, day: number];
  readonly url?: string;
}

/** Twenty others, so that one person is no great share of any list. */
const others = Array.from({ length: 20 }, (_, i) => person(`o${i}`, { attributes: { department: 'Sales' } }));

/** Nothing that reads a past changes it: it is recorded once, which takes longer than all that is asked of it. */
const recorded = new Map<string, Promise<AppPast>>();

/** What a history tells the last of these audits. */
export function pastOf(lines: readonly Line[]): Promise<AppPast> {
  const key = JSON.stringify(lines);
  const past = recorded.get(key) ?? record(lines);
  recorded.set(key, past);
  return past;
}

async function record(lines: readonly Line[]): Promise<AppPast> {
  const book = newBook();
  let past: AppPast | undefined;
  for (const line of lines) {
    const { department, ...facts } = line.person === '-' ? {} : line.person;
    const [n, touchedOn] = line.touched ?? [0, 0];
    const rest = others.map((other, i) =>
      line.touched === undefined ? other : { ...other, changedAt: { at: START + (i < n ? touchedOn : -90) * DAY } },
    );
    const people = [...(line.person === '-' ? [] : [person('p', { ...facts, attributes: { department } })]), ...rest];
    const { department: value, owner = 'p', id = 'a', ...more } = line.account === '-' ? {} : line.account;
    const accounts = [
      ...(line.account === '-'
        ? []
        : [account(id, { externalId: owner, emails: ['p@corp.example'], attributes: { department: value }, ...more })]),
      ...(line.empty === true ? [] : others).map((other) =>
        account(`a-${other.id}`, { externalId: other.id, attributes: { department: 'Sales' } }),
      ),
    ];
    const seen: Seen = {
      day: line.day,
      people,
      peopleWhole: line.peopleWhole ?? true,
      apps: line.unread === true ? {} : { crm: { accounts, whole: line.whole ?? true } },
      url: line.url ?? '',
    };
    past = (await audit(book, seen))['crm'];
  }
  if (past === undefined) throw new Error('the last audit did not read the app');
  return past;
}
