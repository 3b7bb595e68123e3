/**
 * @typedef {{ id: string, userName: string | null, email: string | null, status: string | null, kind: string | null, createdAt: string | null, lastLoginAt: string | null }} PageAccount
 * @typedef {{ at: number, source: string, id: string, userName: string | null, email: string | null, state: string | null, endAt: string | null, name: string }} PagePerson
 * @typedef {{ severity: number, cls: string, reason: string, app: number, account: PageAccount | null, person: PagePerson | null, rule: string | null, attributes: string[][], summary: string, hints: string[], controls: [string, string[]][], accepted: string[] | null, loggedOff: string | null, id: string, text: string }} PageFinding
 * @typedef {{ app: number, stage: string, person: PagePerson, account: { id: string, userName: string | null } | null, event: string, at: string | null, between: string[] | null, outcome: string, followedAt: string | null, lagHours: number | null, evidence: string, log: string[][] }} PageTrial
 */

const STAGE_NAMES = ['create', 'update', 'delete'];

/** What src/report/html/data.ts wrote; rows become objects here. */
const data = (() => {
  const raw = JSON.parse(find('#data').textContent ?? '');
  /** @type {string[]} */
  const apps = raw.apps;
  /** @type {string[]} */
  const severities = raw.severities;
  /** @type {PagePerson[]} */
  const people = raw.people.map((/** @type {any[]} */ [source, id, userName, email, state, endAt], /** @type {number} */ at) => ({
    at,
    source,
    id,
    userName,
    email,
    state,
    endAt,
    name: userName ?? email ?? id,
  }));
  const person = (/** @type {number} */ at) => people[at] ?? null;
  /** @type {PageFinding[]} */
  const findings = raw.findings.map((/** @type {any[]} */ row) => {
    const [severity, cls, reason, app, a, who, rule, attributes, summary, hints, controls, accepted, id, loggedOff = null] = row;
    const account =
      a === null ? null : { id: a[0], userName: a[1], email: a[2], status: a[3], kind: a[4], createdAt: a[5], lastLoginAt: a[6] };
    const owner = person(who);
    const words = [account?.id, account?.userName, account?.email, owner?.id, owner?.userName, owner?.email, summary, reason, id];
    const text = words.filter(Boolean).join('\n').toLowerCase();
    return {
      severity,
      cls,
      reason,
      app,
      account,
      person: owner,
      rule,
      attributes,
      summary,
      hints,
      controls,
      accepted,
      loggedOff,
      id,
      text,
    };
  });
  // Worst first; among equals the report's own order.
  findings.sort((a, b) => a.severity - b.severity);
  /** @type {PageTrial[]} */
  const trials = raw.trials.flatMap((/** @type {any[][][]} */ stages, /** @type {number} */ app) =>
    stages.flatMap((rows, stage) =>
      rows.map(([who, a, event, at, between, outcome, followedAt, lagHours, evidence, log = []]) => ({
        app,
        stage: STAGE_NAMES[stage] ?? '',
        person: /** @type {PagePerson} */ (person(who)),
        account: a === null ? null : { id: a[0], userName: a[1] },
        event,
        at,
        between,
        outcome,
        followedAt,
        lagHours,
        evidence,
        log,
      })),
    ),
  );
  return { apps, severities, people, findings, trials };
})();

/**
 * @param {PagePerson | null} person
 * @returns {Child}
 */
function personLink(person) {
  if (person === null) return el('span', { class: 'quiet' }, 'nobody');
  return el('a', { href: `#person?at=${person.at}` }, breakable(person.name));
}
