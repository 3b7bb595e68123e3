import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtBin, lifegap } from '../build.js';
import { HTTP_FAULTS, LDAP_FAULTS, SECRETS, startSystems, type Systems } from './company.js';
import { AS_OF, auditArgs, bury, copyOf, filesOf, folderFor, prepared, Runner, type Fault } from './driver.js';
import { broken, brokenAfterKill, type Before } from './invariants.js';
import { cases } from '../night.js';

// One audit, again and again, with one fault in each. Every call of the file system and every request is met by every fault that it can have with
// LIFEGAP_TORTURE=all (`npm run torture`); otherwise a sample is drawn, the same one every time.
const ALL = process.env['LIFEGAP_TORTURE'] === 'all';
/** Whoever asks for more than the tests draw has the time. */
const LONGEST = process.env['LIFEGAP_TORTURE'] === undefined ? 240_000 : 7_200_000;
const SAMPLE = Number(process.env['LIFEGAP_TORTURE'] ?? cases(36, 10));
const KEPT = Math.ceil(SAMPLE / 3);
/** What once ended in a stack trace, or locked the next audit out: always in the sample. */
const FOUND =
  /^EIO (close (pack|people|crm)|(lstatSync|unlinkSync|writeSync) \.lifegap\/history\.db\.owner)|^ENOSPC fsyncSync \.lifegap\/history\.db-journal/;

const WRITES = /^(write|writeFile|writeSync|sync|datasync|fsyncSync|ftruncateSync) /;
const OPENS = /^(open|openSync|mkdir|mkdirSync) /;

const runner = new Runner();
let systems: Systems;
let company: string;
const before: Record<'fails' | 'passes', Before> = {} as never;
let names: readonly string[];
let requests: { readonly http: number; readonly ldap: number };

beforeAll(async () => {
  await builtBin();
  systems = await startSystems();
  company = await prepared(systems, runner);
  for (const [gate, code] of [
    ['fails', 1],
    ['passes', 0],
  ] as const) {
    const dir = copyOf(company);
    systems.begin(undefined);
    const outcome = await runner.run(dir, auditArgs(gate === 'fails'));
    expect({ gate, code: outcome.code, stderr: outcome.stderr.slice(0, 500) }).toMatchObject({ code });
    before[gate] = {
      clean: readFileSync(path.join(dir, 'out/report.json'), 'utf8'),
      audits: 2,
      baseline: readFileSync(path.join(dir, 'known.json'), 'utf8'),
    };
    expect(await broken(dir, outcome, before[gate])).toEqual([]);
    ({ names } = outcome);
    requests = systems.requests();
    rmSync(dir, { recursive: true });
  }
  expect(names.length).toBeGreaterThan(100);
  expect(requests.http).toBeGreaterThan(8);
  expect(requests.ldap).toBeGreaterThan(2);
}, 240_000);

afterAll(async () => {
  runner.stop();
  await systems.close();
  rmSync(path.dirname(company), { recursive: true, force: true });
});

/** Every fault at every call. */
function everyFault(): Fault[] {
  const ofFiles = names.flatMap((name, i) => {
    const kinds = ['EIO', 'SIGINT', ...(WRITES.test(name) ? ['ENOSPC', 'short'] : []), ...(OPENS.test(name) ? ['EMFILE', 'EACCES'] : [])];
    const killed = i % 10 === 0 ? ['SIGKILL'] : [];
    return [...kinds, ...killed].map((kind): Fault => ({ layer: 'fs', kind, k: i + 1 }));
  });
  const ofRequests = (layer: 'http' | 'ldap', kinds: readonly string[]): Fault[] =>
    Array.from({ length: requests[layer] }, (_, i) => kinds.map((kind): Fault => ({ layer, kind, k: i + 1 }))).flat();
  return [...ofFiles, ...ofRequests('http', HTTP_FAULTS), ...ofRequests('ldap', LDAP_FAULTS)];
}

/** What a fault meets: the same call on the same file, whatever its temporary name, counts as one. */
function placeOf(fault: Fault): string {
  const call = fault.layer === 'fs' && 'k' in fault ? (names[fault.k - 1] ?? '') : '';
  return call.replace(/[0-9a-f]{8,}/g, '…');
}

/** All of them, or a sample that is the same in every run: of each kind of fault in each place one, and of those so many, `first` ones first. */
function sampled<T>(all: readonly T[], count: number, keyOf: (one: T) => string, isFirst: (one: T) => boolean = () => false): T[] {
  if (ALL) return [...all];
  let state = 20261124;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  const drawn = all.map((one) => ({ one, place: next() })).sort((a, b) => a.place - b.place);
  const first = new Map<string, T>();
  for (const { one } of drawn) if (!first.has(keyOf(one))) first.set(keyOf(one), one);
  const places = [...first.values()];
  return [...places.filter(isFirst), ...places.filter((one) => !isFirst(one))].slice(0, count);
}

const told = new Map<string, string[]>();
function tell(fault: object, hit: string | undefined, problems: readonly string[]): void {
  for (const problem of problems) {
    const kind = problem.replace(/\d+/g, 'N').slice(0, 160);
    told.set(kind, [...(told.get(kind) ?? []), `${JSON.stringify(fault)} at ${hit ?? '?'}: ${problem}`]);
  }
}

/** As `{ 'fs EIO': 120, … }`. */
const counts: Record<string, number> = {};

async function goesOn(dir: string): Promise<string[]> {
  rmSync(path.join(dir, 'pack'), { recursive: true, force: true });
  systems.begin(undefined);
  const { code, stderr } = await lifegap(['audit', '-q', '--history', '--as-of', '2026-06-25', '-f', 'json=after.json'], {
    cwd: dir,
    env: SECRETS,
  });
  if (code !== 1 || stderr !== '') return [`the next audit ends with ${code}: ${stderr.slice(0, 300)}`];
  return filesOf(dir).flatMap((name) => (/\.owner|-journal$/.test(name) ? [`left over after the next audit: ${name}`] : []));
}

it(
  'ends as it says, with whole files or none, a history that goes on, and no secret, whatever fails',
  async () => {
    const faults = sampled(
      everyFault(),
      SAMPLE,
      (fault) => `${fault.layer} ${fault.kind} ${placeOf(fault)}`,
      (fault) => FOUND.test(`${fault.kind} ${placeOf(fault)}`),
    );
    for (const [i, fault] of faults.entries()) {
      const gate = i % 2 === 0 ? 'fails' : 'passes';
      const dir = copyOf(company);
      systems.begin(fault.layer === 'fs' ? undefined : fault);
      const outcome = await runner.run(dir, auditArgs(gate === 'fails'), fault);
      bury(dir);
      const isKilled = fault.kind === 'SIGKILL';
      const problems = isKilled ? await brokenAfterKill(dir, before[gate]) : await broken(dir, outcome, before[gate]);
      problems.push(...(await goesOn(dir)));
      tell(fault, outcome.hit, problems);
      const kind = `${fault.layer} ${fault.kind}`;
      counts[kind] = (counts[kind] ?? 0) + 1;
      rmSync(dir, { recursive: true });
    }
    expect(Object.fromEntries(told)).toEqual({});
  },
  LONGEST,
);

it(
  'leaves a history that goes on, and no torn file, wherever it is killed',
  async () => {
    told.clear();
    const places = sampled(names.map((_, i) => i + 1), KEPT, (k) => placeOf({ layer: 'fs', kind: 'EIO', k })); // prettier-ignore
    const step = ALL ? 40 : 1;
    for (let i = 0; i < places.length; i += step) {
      const [from, to] = [places[i] as number, places[Math.min(i + step, places.length) - 1] as number];
      const into = folderFor(company);
      const dir = copyOf(company);
      systems.begin(undefined);
      await runner.run(dir, auditArgs(true), { layer: 'fs', kind: 'snapshot', from, to, into });
      for (let k = from; k <= to; k++) {
        const kept = path.join(into, String(k));
        bury(kept);
        tell({ kind: 'kill', k }, names[k - 1], [...(await brokenAfterKill(kept, before.fails)), ...(await goesOn(kept))]);
        counts['kill'] = (counts['kill'] ?? 0) + 1;
      }
      for (const folder of [into, dir]) rmSync(folder, { recursive: true });
    }
    expect(Object.fromEntries(told)).toEqual({});
  },
  LONGEST,
);

afterAll(() => {
  if (process.env['LIFEGAP_TORTURE'] === undefined) return;
  const runs = Object.values(counts).reduce((a, b) => a + b, 0);
  process.stdout.write(
    `\n${AS_OF}: ${runs} runs over ${names.length} calls and ${requests.http + requests.ldap} requests: ${JSON.stringify(counts)}\n`,
  );
});
