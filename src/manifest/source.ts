import type { SourceConfig } from '../model/config.js';
import type { Completeness } from '../model/completeness.js';
import { SourceError } from '../model/errors.js';
import { realWorld, type World } from '../http/world.js';
import { Problems } from '../mapping/rows.js';
import { tellPrincipal } from '../contract/principal.js';
import { joined, unheard, type Again } from '../mapping/together/joined.js';
import type { Page, PullOptions, Source, SourceFacts } from '../contract/source.js';
import type { Role, RowOf } from '../model/role.js';
import type { OpenSource, SourceContext } from '../contract/system.js';
import { credentialsOf } from './credentials/of-accounts.js';
import { Additions, firstOfEach } from './list/additions.js';
import { manifestOf } from './form/catalogue.js';
import { totalPlace } from './paging/paging.js';
import { Partial } from './list/partial.js';
import { planPasses, type PassPlan } from './list/plan.js';
import { ColumnList } from './list/column-list.js';
import { readParents } from './list/parents.js';
import { readPrincipal } from './list/principal.js';
import { readPages, type ListPlan, type Reading } from './ask/read-pages.js';
import { compileMapping } from './mapping/rows.js';
import { credentialLists } from './form/credentials.js';
import type { Manifest } from './form/schema.js';
import { Union } from './list/union.js';
import { openWires, type Wires } from './ask/wires.js';
import { itemAt } from '../model/at.js';

/** A system as its manifest describes it: one of the catalogue, or with `connector: http` one of the user's own. */
export const openManifest: OpenSource = <R extends Role>(role: R, config: SourceConfig, context: SourceContext): Source<RowOf<R>> => {
  return manifestSource(role, config, context, manifestOf(config));
};

/** As `openManifest`, with a manifest and a clock of one's own. */
export function manifestSource<R extends Role>(
  role: R,
  config: SourceConfig,
  context: SourceContext,
  manifest: Manifest,
  world: World = realWorld,
): Source<RowOf<R>> {
  return new ManifestSource(role, config, manifest, openWires(config, context, manifest, world), context.onPrincipal);
}

interface Held<R extends Role> {
  readonly additions: Additions<R>;
  readonly union: Union;
  readonly reading: Reading;
}

/** Pages that show whether a list can be read: paging fails on the second. */
const FIRST_PAGES = 2;

class ManifestSource<R extends Role> implements Source<RowOf<R>> {
  readonly name: string;
  readonly connector: string;
  readonly facts: SourceFacts;
  readonly #passes: readonly PassPlan[];

  constructor(
    private readonly role: R,
    private readonly config: SourceConfig,
    private readonly manifest: Manifest,
    private readonly wires: Wires,
    private readonly onPrincipal: SourceContext['onPrincipal'],
  ) {
    this.name = config.name;
    this.connector = config.connector;
    this.#passes = planPasses(manifest);
    const { permission, hides = [], partial, cannot_tell: mute = [], leavers, login_delay_days: late, base_roles: baseRoles } = manifest;
    const totals = this.#passes.every((pass) => pass.adds || totalPlace(pass.list({ values: {} }).paging) !== undefined);
    this.facts = {
      leavers,
      ...(late === undefined ? {} : { loginDelay: late * 86_400_000 }),
      ...(baseRoles === undefined ? {} : { baseRoles }),
      total: totals ? 'declared' : 'none',
      notes: [
        ...wires.clients.flatMap((http) => http.warnings ?? []),
        `needs: ${permission}`,
        ...(role === 'person' ? [] : credentialLists(manifest.credentials)).flatMap((list) =>
          list.permission === undefined ? [] : [`needs for credentials: ${list.permission}`],
        ),
        ...(leavers !== 'gone'
          ? []
          : role === 'account'
            ? ['accounts that are switched off are removed: presence is access']
            : ['people who left are removed: their accounts elsewhere match nobody']),
        ...hides.map((text) => `hides: ${text}`),
        ...(partial === undefined || partial.unless_any !== undefined ? [] : [`not proven whole: ${partial.because}`]),
        ...mute.map((text) => `cannot tell: ${text}`),
      ],
    };
  }

  pull(options: PullOptions): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    return options.firstPagesOnly === true ? this.#rows(options, unheard) : joined(this.role, (again) => this.#rows(options, again));
  }

  async *#rows(
    { signal, firstPagesOnly = false, onRaw }: PullOptions,
    again: Again<R>,
  ): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    const { manifest, wires } = this;
    const reading: Reading = { system: this.name, asker: wires.asker, signal, ...(firstPagesOnly ? { firstPages: FIRST_PAGES } : {}) };
    const { principal, request } = manifest;
    if (principal !== undefined) await tellPrincipal(this.onPrincipal, () => readPrincipal({ principal, request }, wires.values, reading));
    const union = new Union(manifest.parents === undefined && this.#passes.length === 1, manifest.parents?.may_repeat === true);
    const problems = new Problems();
    const compiled = this.#passes.map((pass) => compileMapping(this.role, pass.mapping, this.config, problems));
    const additions = new Additions<R>();
    const partial = new Partial(manifest);
    let left = 0;
    const parents = await readParents(manifest, wires.values, reading, union);
    const context = {
      ...reading,
      problems,
      remark: (text: string) => union.all.remark(text),
      unread: (reason: string) => union.all.withoutCredentials(reason),
    };
    const credentials = this.config.options.credentials === false ? undefined : credentialsOf(this.role, manifest, context);
    await credentials?.begin(parents.map(({ values }) => values));
    // Whoever looks at raw records, or at what else an account holds, wants them whole.
    const byColumn =
      firstPagesOnly || onRaw !== undefined || credentials !== undefined || partial.looks
        ? undefined
        : ColumnList.open(this.role, manifest, this.#passes, this.config);
    // Of records that are left out nobody is told what is wrong with them.
    const quiet =
      credentials === undefined ? [] : this.#passes.map((pass) => compileMapping(this.role, pass.mapping, this.config, new Problems()));
    lists: for (const below of parents) {
      for (const [i, pass] of this.#passes.entries()) {
        const plan = pass.list(below);
        const toRow = itemAt(compiled, i);
        if (byColumn !== undefined) {
          // What is odd about its values has been said.
          const mute = compileMapping(this.role, pass.mapping, this.config, new Problems());
          yield* byColumn.pages(plan, union, reading, toRow, (record) => again(mute(record)));
          continue;
        }
        if (pass.adds) {
          await this.#hold(pass, plan, toRow, { additions, union, reading });
          continue;
        }
        const ledger = union.open();
        for await (const records of readPages(plan, ledger, reading)) {
          partial.see(records);
          const taken = records.map((record, at) => {
            if (pass.isRow(record)) {
              const row = toRow(record);
              return { id: row.id, row: additions.complete(row), record };
            }
            credentials?.leftOut(() => quiet[i]?.(record));
            return { id: droppedId(record, at, ledger.received), row: undefined, record };
          });
          const fresh = union
            .take(taken, ledger, pass.mayRepeat, ({ row }) => row !== undefined && again(row))
            .flatMap(({ row, record }) => (row === undefined ? [] : [{ row, record }]));
          left += taken.filter(({ row }) => row === undefined).length;
          const rows = credentials === undefined ? fresh.map(({ row }) => row) : await credentials.give(fresh, below.values);
          if (onRaw !== undefined) for (const [at, row] of rows.entries()) onRaw(fresh[at]?.record, row, pass.name);
          if (rows.length > 0) yield { rows };
        }
        union.close(plan.name, ledger);
        // A list of those who are invited may well be empty: then the next one has the first page.
        if (firstPagesOnly && union.all.unique > 0) break lists;
      }
    }
    if (!firstPagesOnly && union.completeness().verdict !== 'unproven') {
      const strays = (await credentials?.strays()) ?? [];
      if (strays.length > 0) yield { rows: strays };
    }
    credentials?.end();
    problems.remarkTo(union.all);
    union.all.unread(problems.unreadDates);
    if (left > 0) union.all.remark(`${left} records are left out, as the manifest says (keep, drop)`, 'left-out');
    if (additions.unclaimed > 0 && !firstPagesOnly)
      union.all.remark(`${additions.unclaimed} records of lists that add to others belong to no row`);
    if (firstPagesOnly) union.all.doubt('only the first pages were read', 'first-pages');
    else partial.judge(union.all);
    if (this.role === 'person' && union.all.unique === 0)
      union.all.doubt('the directory lists nobody: may this credential see its people?');
    return union.completeness();
  }

  /** Reads a pass whose rows are none of the list, and holds what they add to those of later passes. */
  async #hold(pass: PassPlan, plan: ListPlan, toRow: (record: unknown) => RowOf<R>, { additions, union, reading }: Held<R>): Promise<void> {
    const ledger = union.open();
    try {
      for await (const records of readPages(plan, ledger, reading)) {
        const taken = records.map((record, at) => {
          const row = pass.isRow(record) ? toRow(record) : undefined;
          // Of pages, and of what they declare, each record counts by itself.
          const id = row !== undefined && pass.mayRepeat && plan.paging !== 'none' ? JSON.stringify(record) : row?.id;
          return { id: id ?? droppedId(record, at, ledger.received), row };
        });
        ledger.take(pass.mayRepeat ? firstOfEach(taken, ledger) : taken);
        for (const { row } of taken) if (row !== undefined) additions.hold(row);
      }
    } catch (error) {
      if (!pass.mayFail || !(error instanceof SourceError) || error.fault === 'aborted') throw error;
      union.all.remark(`${plan.name} could not be read, so nothing is known of what stands there: ${error.message}`);
      return;
    }
    union.aside(plan.name, ledger, pass.mayFail);
  }

  async close(): Promise<void> {
    await Promise.all(this.wires.clients.map((http) => http.close()));
  }
}

/** A record that is left out counts for the total; its id may be none that the mapping knows. */
function droppedId(record: unknown, at: number, before: number): string {
  const id: unknown =
    typeof record === 'object' && record !== null && Object.hasOwn(record, 'id') ? (record as { readonly id: unknown }).id : undefined;
  return `left out ${typeof id === 'string' || typeof id === 'number' ? id : before + at}`;
}
