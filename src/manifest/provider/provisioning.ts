import type { Provisioning } from '../../model/assignment.js';
import { SourceError } from '../../model/errors.js';
import { STAGES, type Stage } from '../../model/policy.js';
import type { Provisioned } from '../../model/report.js';
import { visible } from '../../http/server-text.js';
import { jsonPath } from '../../mapping/json-path.js';
import type { Reading } from '../ask/read-pages.js';
import { compileRecords } from '../ask/records.js';
import type { Records, Request } from '../form/parts.js';
import type { ProvisioningForm } from '../form/assignments.js';
import type { Values } from '../form/template.js';
import { compileAny, compilePredicate } from '../form/tests.js';
import { byWord } from '../../model/words.js';
import { isList } from '../../model/parsed.js';

type Setting = Omit<Provisioned, 'directory'>;
type Settings = { readonly [S in Stage]: Setting };

/**
 * What the provider is set up to do for an app. Settings that cannot be read declare nothing, and the evidence says why. Of
 * several jobs, one that carries a stage is enough; only where all of them leave it out is it off.
 */
export async function readProvisioning(form: ProvisioningForm, app: string, values: Values, reading: Reading): Promise<Provisioning> {
  const { system } = reading;
  const named = (settings: Settings): Provisioning => {
    const of = (stage: Stage): Provisioned => ({ directory: system, ...settings[stage] });
    return { create: of('create'), update: of('update'), delete: of('delete') };
  };
  try {
    const found = await readSettings(form, { ...values, app }, `the provisioning of ${visible(app.slice(0, 60))}`, reading);
    return named(found.length === 0 ? all('off', 'no provisioning is set up') : united(found));
  } catch (error) {
    if (!(error instanceof SourceError) || error.fault === 'aborted') throw error;
    return named(all('unknown', `the settings could not be read: ${error.message}`));
  }
}

async function readSettings(form: ProvisioningForm, values: Values, name: string, reading: Reading): Promise<Settings[]> {
  const stopped = (form.stopped ?? []).map(({ when, shows, ...rule }) => {
    return { ...rule, holds: compilePredicate(when), word: shows === undefined ? () => undefined : jsonPath(shows) };
  });
  const judge = compileStages(form);
  const found: Settings[] = [];
  for (const record of await ask(form.request, form.records, values, name, reading)) {
    const stop = stopped.find(({ holds }) => holds(record));
    if (stop !== undefined) {
      const word = quoted(stop.word(record));
      found.push(all(stop.is, word === '' ? stop.say : `${stop.say}: ${word}`));
      continue;
    }
    const { each } = form;
    if (each === undefined) {
      found.push(judge(record));
      continue;
    }
    const id: unknown = jsonPath(each.id)(record);
    if (typeof id !== 'string' || id === '')
      throw new SourceError(
        reading.system,
        'malformed',
        `${reading.system}: ${name}: a record has nothing at ${each.id}; check the manifest`,
      );
    const kept = each.keep === undefined ? () => true : compileAny(each.keep);
    const below = await ask(each.request, each.records, { ...values, [each.as]: id }, `${name}, ${each.as} ${visible(id)}`, reading);
    const counted = below.filter((one) => kept(one));
    if (counted.length === 0) found.push(all('off', `${each.as} ${visible(id)} carries no people`));
    else found.push(...counted.map(judge));
  }
  return found;
}

/** The records of one answer; an object counts as one. */
async function ask(request: Request, records: Records, values: Values, name: string, reading: Reading): Promise<readonly unknown[]> {
  const { asker, signal, system } = reading;
  const { response } = await asker.ask({ request, values, turn: {}, purpose: `reading ${name}`, signal });
  const { body } = response;
  const found = compileRecords(records)(body);
  if (found !== undefined) return found;
  if (records === '.' && typeof body === 'object' && body !== null) return [body];
  throw new SourceError(
    system,
    'malformed',
    `${system}: reading ${name}: the answer holds no list where the manifest says that there is one`,
  );
}

function compileStages({ shows, stages }: ProvisioningForm): (record: unknown) => Settings {
  const read = jsonPath(shows);
  const tests = {
    create: compilePredicate(stages.create),
    update: compilePredicate(stages.update),
    delete: compilePredicate(stages.delete),
  };
  return (record) => {
    const value = read(record);
    const words = quoted(value);
    // What is not there is not switched off: an older version, or a missing permission, leaves it out.
    if (value === undefined || value === null) return all('unknown', `nothing stands at ${shows}`);
    const of = (stage: Stage): Setting => ({
      set: tests[stage](record) ? 'on' : 'off',
      evidence: `${shows}: ${words === '' ? 'none' : words}`,
    });
    return { create: of('create'), update: of('update'), delete: of('delete') };
  };
}

function united(found: readonly Settings[]): Settings {
  const of = (stage: Stage): Setting => {
    const settings = found.map((one) => one[stage]);
    const set = settings.some((one) => one.set === 'on') ? 'on' : settings.every((one) => one.set === 'off') ? 'off' : 'unknown';
    // The evidence is that of the settings that decide: one that is off does not speak against one that is on.
    const words = settings.filter((one) => one.set === set).map((one) => one.evidence);
    return { set, evidence: [...new Set(words)].sort().join('; ') };
  };
  return { create: of('create'), update: of('update'), delete: of('delete') };
}

function all(set: Setting['set'], evidence: string): Settings {
  return byWord(STAGES, () => ({ set, evidence }));
}

/** The system's own words, cut to a line. */
function quoted(value: unknown): string {
  const texts = (isList(value) ? value : [value]).filter((one) => typeof one === 'string' || typeof one === 'number');
  return visible(texts.map(String).join(', ').slice(0, 300));
}
