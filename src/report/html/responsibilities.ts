import { STAGES } from '../../model/policy.js';
import type { AppReport, DeleteParts, StageCoverage } from '../../model/report.js';
import { count } from '../words.js';
import { items } from './items.js';
import { html, type Markup } from './markup.js';

/** Who carries each stage, what carries it, and what is missing. */
export function responsibilities({ responsibilities: all }: AppReport): Markup | string {
  if (all === undefined) return '';
  const rows = STAGES.map((stage) => {
    const { by, system, owner, control, reviewBy, problems } = all[stage];
    const facts = [
      `${by ?? 'nobody'}${system === undefined ? '' : ` in ${system}`}`,
      ...(owner === undefined ? [] : [`owner ${owner}`]),
      ...(control === undefined ? [] : [`control: ${control}`]),
      ...(reviewBy === undefined ? [] : [`review by ${reviewBy}`]),
    ];
    return html`<tr>
      <th scope="row">${stage}</th>
      <td>${facts.join(', ')}${items('', problems)}</td>
    </tr>`;
  });
  return html`<div>
    <h4>Who carries each stage</h4>
    <table class="sums">
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** The 2x2: leavers' accounts by who made them, and whether they are off. */
export function leaverAccounts({ offboarding: { accounts } }: AppReport): Markup | string {
  if (accounts === undefined) return '';
  const rows = (['provisioned', 'local'] as const).map((origin) => {
    const { deactivated, stillActive } = accounts[origin];
    return html`<tr>
      <th scope="row">${origin}</th>
      <td class="num">${count(deactivated)}</td>
      <td class="num">${count(stillActive)}</td>
    </tr>`;
  });
  return html`<table class="sums">
    <caption>
      Leavers' accounts
    </caption>
    <thead>
      <tr>
        <th scope="col">made</th>
        <th scope="col" class="num">off</th>
        <th scope="col" class="num">still active</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

/** What stands besides the rate of one stage: the provider's own switch, and the parts of a removal. */
export function besides({ provisioned, parts }: StageCoverage): string[] {
  return [
    ...(provisioned === undefined
      ? []
      : [
          `${provisioned.directory} is ${provisioned.set === 'unknown' ? 'set to nothing that can be told' : `switched ${provisioned.set}`} for it: ${provisioned.evidence}`,
        ]),
    ...(parts === undefined ? [] : [partWords(parts)]),
  ];
}

function partWords({ account, credentials, memberships }: DeleteParts): string {
  const told = { 'account off': account, 'credentials revoked': credentials, 'memberships removed': memberships };
  const parts = Object.entries(told).flatMap(([name, part]) =>
    part === undefined ? [] : [`${name} ${count(part.successes)} of ${count(part.trials)}`],
  );
  return parts.join(', ');
}
