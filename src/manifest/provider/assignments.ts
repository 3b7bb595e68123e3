import { ASSIGNMENT_STATES, SYNC_STATES, type Assignment, type AssignmentList, type AssignmentTrial } from '../../model/assignment.js';
import { SourceError } from '../../model/errors.js';
import { visible } from '../../http/server-text.js';
import { jsonPath } from '../../mapping/json-path.js';
import { readPages, type ListPlan, type Reading } from '../ask/read-pages.js';
import type { AssignmentForm } from '../form/assignments.js';
import type { Words } from '../form/fields.js';
import type { Values } from '../form/template.js';
import { compileAny, compilePredicate } from '../form/tests.js';
import { Union } from '../list/union.js';
import { compileWordOf } from '../mapping/words.js';

/** Groups whose members are read where only the first page is. */
const GROUPS_FIRST = 2;

/**
 * Reads who is assigned to an app, the members of assigned groups included. It never throws for a system's fault: what came
 * before it stays, in a list that is not proven whole.
 */
export async function readAssignments(
  form: AssignmentForm,
  app: string,
  values: Values,
  reading: Reading,
  onRaw: AssignmentTrial['onRaw'] = () => undefined,
): Promise<AssignmentList> {
  const union = new Union(form.groups === undefined);
  const assignments: Assignment[] = [];
  const add = (record: unknown, assignment: Assignment): void => {
    assignments.push(assignment);
    onRaw(record, assignment);
  };
  let error: string | null = null;
  let isOpen = false;
  try {
    isOpen = form.open !== undefined && (await letsAnybodyIn(form.open, app, { ...values, app }, reading));
    await collect(form, app, { ...values, app }, reading, union, add);
  } catch (cause) {
    if (!(cause instanceof SourceError) || cause.fault === 'aborted') throw cause;
    error = cause.message;
    union.all.doubt('the list of assignments could not be read to its end');
    // Once is enough.
    union.all.end('protocol');
  }
  if (reading.firstPages !== undefined) union.all.doubt('only the first pages were read', 'first-pages');
  // A missing permission looks the same as an app that nobody is assigned to.
  if (error === null && assignments.length === 0) union.all.doubt('nobody is assigned: an empty list proves nothing');
  return { assignments, completeness: union.completeness(), error, ...(isOpen ? { isOpen } : {}) };
}

async function letsAnybodyIn(
  { request, when }: NonNullable<AssignmentForm['open']>,
  app: string,
  values: Values,
  { asker, signal }: Reading,
): Promise<boolean> {
  const purpose = `reading whether ${visible(app.slice(0, 60))} needs an assignment`;
  const { response } = await asker.ask({ request, values, turn: {}, purpose, signal });
  return compilePredicate(when)(response.body);
}

async function collect(
  form: AssignmentForm,
  app: string,
  values: Values,
  reading: Reading,
  union: Union,
  add: (record: unknown, assignment: Assignment) => void,
): Promise<void> {
  const { request, paging, records, groups } = form;
  const kept = form.keep === undefined ? () => true : compileAny(form.keep);
  const dropped = form.drop === undefined ? () => false : compileAny(form.drop);
  const isGroup = groups === undefined ? () => false : compilePredicate(groups.when);
  const name = `the assignments of ${visible(app.slice(0, 60))}`;
  const personAt = idReader(form.person, name, reading.system);
  const idAt = form.id === undefined ? personAt : idReader(form.id, name, reading.system);
  const groupAt = groups === undefined ? undefined : idReader(groups.id, name, reading.system);
  const toAssignment = compileAssignment(form, personAt);
  const found = new Set<string>();
  const ledger = union.open();
  for await (const page of readPages({ name, request, records, paging, values, idOf: jsonPath(form.id ?? form.person) }, ledger, reading)) {
    const fresh = union.take(
      page.map((record) => ({ id: `assignment ${idAt(record)}`, record })),
      ledger,
      true,
    );
    for (const { record } of fresh) {
      if (!kept(record) || dropped(record)) continue;
      if (groupAt !== undefined && isGroup(record)) found.add(groupAt(record));
      else add(record, toAssignment(record));
    }
  }
  union.close(name, ledger);
  if (groups === undefined) return;
  for (const group of reading.firstPages !== undefined ? [...found].slice(0, GROUPS_FIRST) : found) {
    const plan: ListPlan = {
      name: `the members of group ${visible(group.slice(0, 60))}`,
      request: groups.request,
      records: groups.records,
      paging: groups.paging,
      values: { ...values, group },
      idOf: jsonPath(groups.person),
    };
    const memberAt = idReader(groups.person, plan.name, reading.system);
    const members = union.open();
    for await (const page of readPages(plan, members, reading)) {
      const fresh = union.take(
        page.map((record) => ({ id: memberAt(record), record })),
        members,
        true,
      );
      for (const { id, record } of fresh) add(record, { person: id, state: 'assigned' });
    }
    union.close(plan.name, members);
  }
}

function compileAssignment(form: AssignmentForm, personAt: (record: unknown) => string): (record: unknown) => Assignment {
  const accountAt = form.account === undefined ? undefined : jsonPath(form.account);
  const stateOf = form.status === undefined ? () => 'assigned' as const : oneOf(form.status, ASSIGNMENT_STATES);
  const syncOf = form.sync === undefined ? undefined : oneOf(form.sync, SYNC_STATES);
  return (record) => {
    const account = accountAt?.(record);
    return {
      person: personAt(record),
      state: stateOf(record),
      ...((typeof account === 'string' && account !== '') || typeof account === 'number' ? { account: String(account) } : {}),
      ...(syncOf === undefined ? {} : { sync: syncOf(record) }),
    };
  };
}

/** A word of the list; what no rule names is `unknown`. */
function oneOf<Word extends string>(words: Words, known: readonly Word[]): (record: unknown) => Word | 'unknown' {
  const read = compileWordOf(words, known);
  return (record) => read(record) ?? 'unknown';
}

function idReader(path: string, list: string, system: string): (record: unknown) => string {
  const read = jsonPath(path);
  return (record) => {
    const id = read(record);
    if ((typeof id === 'string' && id !== '') || typeof id === 'number') return String(id);
    throw new SourceError(system, 'malformed', `${system}: ${list}: a record has nothing at ${path}; check the manifest`);
  };
}
