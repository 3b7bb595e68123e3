import { SEVERITIES, type Finding, type FindingPerson } from '../../model/finding.js';
import { STAGES } from '../../model/policy.js';
import type { AppReport } from '../../model/report.js';
import type { Trial } from '../../model/trial.js';
import { jsonText, visible } from '../escape.js';
import { itemAt } from '../../model/at.js';

/**
 * The findings, the trials and their people as one JSON text, line by line, for the script of the page (page/data.js reads it). Rows are
 * arrays, and a person stands in it once: 50,000 findings are some 12 MB. What acts in a text is shown, as everywhere.
 */
export function* pageData(
  apps: readonly AppReport[],
  findings: readonly Finding[],
  directories: readonly string[] = [],
): Generator<string> {
  const people = new People();
  // Directories stand behind the apps: they have no section of their own.
  const names = [...apps.map(({ name }) => name), ...directories];
  const places = new Map([...names.entries()].reverse().map(([at, name]) => [name, at]));
  yield `{"apps":${line(names.map((name) => visible(name)))},"severities":${line(SEVERITIES)},\n"findings":[\n`;
  for (let i = 0; i < findings.length; i++) {
    yield `${line(findingRow(itemAt(findings, i), places, people))}${i < findings.length - 1 ? ',' : ''}\n`;
  }
  yield '],\n"trials":[\n';
  for (const [i, app] of apps.entries()) {
    const stages = STAGES.map((stage) => (app.coverage[stage].evidence ?? []).map((trial) => trialRow(trial, people)));
    yield `${line(stages)}${i < apps.length - 1 ? ',' : ''}\n`;
  }
  yield `],\n"people":${line(people.rows)}}`;
}

/** No `<` can end the script element that holds it. */
function line(value: unknown): string {
  return jsonText(value).replaceAll('<', '\\u003c');
}

function findingRow(f: Finding, places: ReadonlyMap<string, number>, people: People): unknown[] {
  const { account: a, accepted } = f;
  return [
    SEVERITIES.indexOf(f.severity),
    f.class,
    f.reason,
    places.get(f.app) ?? -1,
    a === null ? null : [a.id, a.userName, a.email, a.status, a.kind, a.createdAt, a.lastLoginAt].map(show),
    f.person === null ? -1 : people.add(f.person),
    show(f.match?.rule),
    f.attributes.map(({ name, directory, app, cause }) => [name, directory, app, cause].map(show)),
    show(f.summary),
    f.hints.map(show),
    Object.entries(f.controls).map(([name, ids]) => [show(name), ids.map(show)]),
    accepted === null ? null : [accepted.reason, accepted.owner, accepted.until].map(show),
    f.id,
    // What few findings have stands behind what all have.
    ...(f.loggedOff === undefined ? [] : [show(f.loggedOff)]),
  ];
}

function trialRow(t: Trial, people: People): unknown[] {
  return [
    people.add(t.person),
    t.account === null ? null : [t.account.id, t.account.userName].map(show),
    show(t.event),
    show(t.at),
    t.between === undefined ? null : t.between.map(show),
    t.outcome,
    show(t.followedAt),
    t.lagHours,
    show(t.evidence),
    ...(t.log === undefined ? [] : [t.log.map(({ at, action, outcome, by, log }) => [at, action, outcome, by, log].map(show))]),
  ];
}

function show(text: string | null | undefined): string | null {
  return text == null ? null : visible(text);
}

/** Everybody who is named, once; what a finding knows of them wins over what a trial does. */
class People {
  readonly rows: (string | null)[][] = [];
  readonly #places = new Map<string, number>();

  add(person: Pick<FindingPerson, 'id' | 'source' | 'userName'> & Partial<FindingPerson>): number {
    const key = JSON.stringify([person.source, person.id]);
    let at = this.#places.get(key);
    if (at === undefined) {
      at = this.rows.length;
      this.#places.set(key, at);
    }
    if (this.rows[at] === undefined || person.state !== undefined)
      this.rows[at] = [person.source, person.id, person.userName, person.email, person.state, person.endAt].map(show);
    return at;
  }
}
