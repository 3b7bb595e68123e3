import {
  type Attribute,
  type Company,
  DAY,
  type Human,
  isEmployee,
  leaversOf,
  type LifeEvent,
  moversOf,
  type Profile,
  recordOf,
} from '../lifecycle.js';
import { latin } from '../names.js';
import { type Random, randomOf } from '../random.js';
import { type AppAccount, type AppMaker, newAccount } from './account.js';
import { spreadsheet } from './spreadsheet.js';
import { itemAt } from '../../model/at.js';

const GO_LIVE = 900;
const TYPOS = 6;

/** Kept by hand: typed names, late accounts, forgotten leavers; exported as a spreadsheet with `;` and a byte order mark. */
export const expenses: AppMaker = (company) => {
  const clerk = new Clerk(company, randomOf(company.seed * 101 + 4));
  const accounts = clerk.keep();
  return {
    name: 'expenses',
    story: [
      'Kept by hand and exported from a spreadsheet (`;`, byte order mark, leading zeros lost): accounts come weeks late, every second',
      'leaver is forgotten, names are mistyped, and an approver who left still approves.',
    ],
    accounts,
    listed: accounts,
    expects: isEmployee,
    staleCause: 'unknown',
    unclear: new Set([company.recycled.now]),
    verdicts: { create: 'partial', update: 'unproven', delete: 'partial' },
    source: {
      kind: 'file',
      file: 'expenses.csv',
      text: spreadsheet(accounts, company),
      fields: [
        'id: Benutzer',
        'givenName: Vorname',
        'familyName: Nachname',
        'emails: E-Mail',
        'department: Abteilung',
        'manager: Genehmiger',
        'employeeId: Personalnr',
        'createdAt: Angelegt',
        'deactivatedAt: Gesperrt am',
      ],
    },
    config: [
      'expected: source eq "hr" and kind eq "human"     # contractors have no expenses here',
      'status: { from: Status, map: { aktiv: active, gesperrt: deactivated } }',
      'lifecycle:',
      '  create: { by: manual, owner: travel-desk@meridian.example }',
      '  update: { by: manual, owner: travel-desk@meridian.example }',
      '  delete: { by: manual, owner: travel-desk@meridian.example }',
    ],
  };
};

/** The person at the travel desk. */
class Clerk {
  readonly #logins = new Set<string>();
  readonly #removed: ReadonlySet<string>;
  readonly #corrected: ReadonlySet<string>;

  constructor(
    private readonly company: Company,
    private readonly random: Random,
  ) {
    const odd = <T>(list: readonly T[]): T[] => list.filter((_, i) => i % 2 === 1);
    this.#removed = new Set(odd(leaversOf(company).filter((human) => recordOf(human).source === 'hr')).map((human) => human.key));
    const transfers = moversOf(company).filter(({ move }) => move.changed.includes('department'));
    this.#corrected = new Set(odd(transfers).map(({ human }) => human.key));
  }

  keep(): AppAccount[] {
    const { company } = this;
    const accounts = company.people.filter((human) => isEmployee(human)).flatMap((human) => this.#account(human));
    const steady = accounts.filter(({ human }) => company.byKey.get(human ?? '')?.events.length === 1);
    const typed = steady.filter(({ shown }) => /^[A-Za-z]{5,}$/.test(shown.familyName ?? ''));
    for (const account of this.random.shuffle(typed).slice(0, TYPOS)) mistype(account);
    return [...accounts, ...this.#strangers()];
  }

  #account(human: Human): AppAccount[] {
    const { company, random } = this;
    if (human.key === company.recycled.now) return [];
    const hired = human.events.find(
      (event): event is LifeEvent & { kind: 'join' } => event.kind === 'join' && event.record.source === 'hr',
    );
    if (hired === undefined) return [];
    const start = company.asOf - GO_LIVE * DAY;
    const createdAt = hired.at < start ? start : hired.at + random.int(8, 24) * DAY;
    if (createdAt > company.asOf) return [];
    const { profile } = hired;
    const account = newAccount({
      id: this.#login(profile),
      human: human.key,
      userName: '',
      email: profile.email,
      shown: profile,
      employeeNumber: String(Number(hired.record.employeeId)),
      createdAt,
    });
    for (const event of human.events) this.#hear(account, human, event);
    if (human.key === company.recycled.before) account.fate = 'recycled-identifier';
    return [account];
  }

  #hear(account: AppAccount, human: Human, event: LifeEvent): void {
    const { asOf } = this.company;
    if (event.kind === 'leave' && event.at < asOf - 4 * DAY && this.#removed.has(human.key)) {
      account.on = false;
      account.deactivatedAt = event.at + this.random.int(2, 3) * DAY;
    }
    if (event.kind !== 'move' || event.at < account.createdAt) return;
    const heard = this.#corrected.has(human.key) && event.at < asOf - 14 * DAY;
    const columns: readonly Attribute[] = ['familyName', 'email', 'department', 'manager'];
    if (heard) account.shown = event.profile;
    else for (const name of columns) if (event.changed.includes(name)) account.drift.add(name);
  }

  #login(profile: Profile): string {
    const wanted = (latin(profile.givenName).charAt(0) + latin(profile.familyName)).slice(0, 12) || itemAt(profile.email.split('@', 1), 0);
    let login = wanted;
    for (let n = 2; this.#logins.has(login); n++) login = `${wanted}${n}`;
    this.#logins.add(login);
    return login;
  }

  /** A shared account, a temporary worker typed in by hand, and somebody who left before the directory was set up. */
  #strangers(): AppAccount[] {
    const { asOf, domain } = this.company;
    const rows = [
      ['messestand', '', 'Messe', '', 300],
      ['aushilfe-2', 'Aushilfe', 'Lager', '', 140],
      ['kvonlanthen', 'Klara', 'Vonlanthen', `klara.vonlanthen@${domain}`, GO_LIVE],
    ] as const;
    return rows.map(([id, givenName, familyName, email, ago]) => {
      const known = email === '' ? {} : { email };
      return newAccount({ id, userName: '', shown: { givenName, familyName }, createdAt: asOf - ago * DAY, fate: 'no-owner', ...known });
    });
  }
}

/** Two letters the wrong way round. */
function mistype(account: AppAccount): void {
  const name = account.shown.familyName ?? '';
  const at = Array.from({ length: name.length - 2 }, (_, i) => i + 1).find((i) => name[i] !== name[i + 1]);
  if (at === undefined) return;
  account.shown = { ...account.shown, familyName: `${name.slice(0, at)}${name.charAt(at + 1)}${name.charAt(at)}${name.slice(at + 2)}` };
  account.drift.add('familyName');
}
