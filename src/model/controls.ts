import type { FindingClass, FindingReason, REASONS } from './finding.js';
import type { Stage } from './policy.js';
import { wordsOf } from './words.js';

/** Frameworks by the name that `--controls` gives them. SP 800-207 has no control ids and is not here. */
export const FRAMEWORKS = {
  'nist-csf-2.0': 'NIST Cybersecurity Framework 2.0',
  'nist-800-53-r5': 'NIST SP 800-53 Rev. 5',
  'iso-27001-2022': 'ISO/IEC 27001:2022, Annex A',
  soc2: 'SOC 2, Trust Services Criteria',
  'pci-dss-4.0.1': 'PCI DSS 4.0.1',
  'cis-8.1': 'CIS Controls 8.1',
  'owasp-nhi-2025': 'OWASP Non-Human Identities Top 10, 2025',
} as const;

export type Framework = keyof typeof FRAMEWORKS;
export const FRAMEWORK_NAMES = wordsOf(FRAMEWORKS);

/** Without `--controls`. */
export const DEFAULT_FRAMEWORKS: readonly Framework[] = ['nist-csf-2.0'];

/** Printed wherever controls are. */
export const RELEVANCE = 'Controls are named because a finding bears on them: this is relevance, not a statement of compliance.';

/** Ids of controls, by framework. */
export type Controls = Readonly<Record<string, readonly string[]>>;

type Row = Partial<Readonly<Record<Framework, readonly string[]>>>;

/** In the order of `FRAMEWORKS`; an empty list is left out. */
function row(...cells: readonly (readonly string[])[]): Row {
  return Object.fromEntries(FRAMEWORK_NAMES.flatMap((name, i) => ((cells[i]?.length ?? 0) === 0 ? [] : [[name, cells[i]]])));
}

const LEFT = row(
  ['PR.AA-01', 'PR.AA-05'],
  ['AC-2', 'AC-2(3)', 'PS-4'],
  ['A.5.16', 'A.5.18', 'A.6.5'],
  ['CC6.2', 'CC6.3'],
  ['8.2.5'],
  ['5.1', '6.2'],
);
/** As of those who left, without what speaks of terminated users alone (PS-4, A.6.5, PCI 8.2.5). */
const DISABLED = row(['PR.AA-01', 'PR.AA-05'], ['AC-2', 'AC-2(3)'], ['A.5.16', 'A.5.18'], ['CC6.2', 'CC6.3'], ['8.2.4'], ['5.1', '6.2']);
const UNKNOWN = row(['PR.AA-01'], ['AC-2', 'IA-4'], ['A.5.16'], ['CC6.2'], ['8.2.1'], ['5.1']);
const TOO_MUCH = row(['PR.AA-05'], ['AC-2', 'PS-5'], ['A.5.18'], ['CC6.3'], ['7.2.4'], ['6.2']);
const MACHINE = row(['PR.AA-01'], ['AC-2', 'AC-2(3)'], ['A.5.16', 'A.5.18'], ['CC6.2'], ['7.2.5', '8.6.1'], ['5.5'], ['NHI1:2025']);
const STALE = row(['PR.AA-01', 'PR.AA-05'], ['AC-2', 'PS-5'], ['A.5.16', 'A.5.18'], ['CC6.3'], ['7.2.4'], ['5.6']);
const MISSING = row(['PR.AA-01'], ['AC-2', 'AC-2(1)'], ['A.5.16'], ['CC6.2'], ['8.2.4'], ['6.1']);
const CONFLICT = row(['PR.AA-01'], ['IA-4'], ['A.5.16', 'A.5.17'], ['CC6.1'], ['8.2.1', '8.2.2'], ['5.1']);

type Table = { readonly [C in FindingClass]: { readonly [R in (typeof REASONS)[C][number]]: Row } };

/** What could not be judged bears on no control. */
const FINDINGS: Table = {
  orphaned: {
    'owner-terminated': LEFT,
    'owner-disabled': DISABLED,
    'no-owner': UNKNOWN,
    'not-entitled': TOO_MUCH,
    'residual-access': TOO_MUCH,
    'unowned-service': MACHINE,
    'orphaned-credential': MACHINE,
  },
  stale: { 'not-propagated': STALE, 'awaiting-login': STALE, unknown: STALE },
  missing: { 'never-created': MISSING, 'inactive-account': MISSING, 'invitation-pending': MISSING },
  conflict: { ambiguous: CONFLICT, duplicate: CONFLICT, 'recycled-identifier': CONFLICT },
  inconclusive: { 'unknown-status': {}, 'unproven-list': {}, 'field-absent': {} },
};

const NOT_COVERED: { readonly [S in Stage]: Row } = {
  create: row(['PR.AA-01'], ['AC-2(1)'], ['A.5.16'], ['CC6.2'], ['8.2.4'], ['6.1']),
  update: row(['PR.AA-05'], ['AC-2(1)', 'PS-5'], ['A.5.16', 'A.5.18'], ['CC6.3'], ['8.2.4'], ['5.6']),
  delete: row(['PR.AA-05'], ['AC-2(1)', 'PS-4(2)'], ['A.5.18', 'A.6.5'], ['CC6.2', 'CC6.3'], ['8.2.5'], ['5.6', '6.2']),
};

/** The rows of the table with the columns of some frameworks alone. Equal findings share one value. */
export class ControlTable {
  readonly #rows = new Map<Row, Controls>();

  constructor(private readonly frameworks: readonly Framework[]) {}

  finding(cls: FindingClass, reason: FindingReason): Controls {
    return this.#chosen((FINDINGS[cls] as Readonly<Record<string, Row>>)[reason] ?? {});
  }

  /** Of a stage that is not covered. */
  stage(stage: Stage): Controls {
    return this.#chosen(NOT_COVERED[stage]);
  }

  #chosen(full: Row): Controls {
    let chosen = this.#rows.get(full);
    if (chosen === undefined) {
      chosen = Object.fromEntries(this.frameworks.flatMap((name) => (full[name] === undefined ? [] : [[name, full[name]]])));
      this.#rows.set(full, chosen);
    }
    return chosen;
  }
}
