import { isImmutableKey } from '../match/keys.js';
import type { KeyIndex } from '../match/key-index.js';
import { isNonHuman } from '../model/account.js';
import { plainColumn, TEXTS, type Columns } from '../store/columns.js';
import type { TextColumn } from '../store/text-table.js';
import type { Docket } from './docket.js';
import { SEEN } from './rows.js';
import { ownerOf, VERDICTS } from './table.js';

/** The account must be judged as a row. */
export const AS_ROW = -2;

interface Rule {
  readonly name: string;
  readonly index: KeyIndex;
  readonly column: TextColumn;
  readonly place: number;
  readonly immutable: boolean;
}

/**
 * Judges the accounts that nothing is to be said about, without making rows of them: active, the only one of somebody who may
 * have it, found by the first of the app's rules whose key it has at all, written alike on both sides, and equal in all that is
 * compared. All others are left to `AppJudge.add`, which comes to the same for these too (test/diff/by-column.test.ts).
 */
export class ByColumn {
  /** The first rules, as far as their keys can be read by column. */
  readonly #rules: readonly Rule[];
  readonly #ids: TextColumn | undefined;

  constructor(private readonly docket: Docket) {
    const { spec, standing, registrations } = docket;
    const { index } = standing;
    this.#ids = index.column('id');
    const rules: Rule[] = [];
    // An identity provider's own links come before all rules.
    const needsRows = registrations.length > 0 || index.addresses !== undefined || (spec.links?.size ?? 0) > 0;
    for (const rule of needsRows ? [] : spec.match) {
      const column = plainColumn(rule.person) < 0 ? undefined : index.column(rule.person);
      const place = plainColumn(rule.account);
      if (column === undefined || place < 0) break;
      const immutable = isImmutableKey(rule.person) && isImmutableKey(rule.account);
      rules.push({ name: rule.name, index: index.key(rule.person), column, place, immutable });
    }
    this.#rules = rules;
  }

  /** The directory record that the account matched, or AS_ROW: then nothing was done. */
  add(page: Columns, at: number): number {
    if (page.page.single[at] === 0 || page.isUnread(at)) return AS_ROW;
    // A key that the account does not have decides nothing: the next rule is asked.
    const key = this.#rules.find(({ place }) => (page.page.texts[place]?.[at] ?? 0) !== 0);
    if (key === undefined) return AS_ROW;
    const hash = page.page.hashes[key.place]?.[at] ?? 0;
    const record = hash === 0 ? -1 : key.index.byHash(hash);
    // Equal hashes are no proof, equal bytes are.
    if (record < 0 || !page.agrees(key.column, record, key.place, at)) return AS_ROW;
    const { docket } = this;
    const { standing, policy, spec, rows } = docket;
    const row = standing.current(record);
    // An account that is older than the person may be somebody else's.
    if (!key.immutable && standing.index.hasUnread && standing.index.isUnread('startAt', row)) return AS_ROW;
    if (!key.immutable && page.instant(0, at) < standing.index.instant('startAt', row) - policy.preHireLead) return AS_ROW;
    if (rows.has(row) || VERDICTS[ownerOf(standing.state(row), spec.allowed(row), policy)][page.status(at)] !== 'compare') return AS_ROW;
    const agrees = docket.comparison.agrees(row, page, at);
    if (agrees === false) return AS_ROW;
    docket.accounts++;
    docket.residuals.roles.addColumn(page, at);
    if (!isNonHuman(page.accountKind(at))) docket.activeHumans++;
    rows.keepFirst(row, page, at);
    docket.foundBy.set(row, key.name);
    rows.mark(row, agrees === undefined ? SEEN.active : SEEN.active | SEEN.compared);
    if (this.#ids !== undefined && page.agrees(this.#ids, record, TEXTS.externalId, at)) rows.link(row);
    docket.ruling.compares(row, key.name);
    return record;
  }
}
