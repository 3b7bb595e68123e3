// What a manifest asks of its system, and what it reads of the answers.

const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every request of the manifest, with the places that are read of the body and of each record. */
export function askedOf(manifest, passes, layered) {
  const asked = [];
  const add = (where, request, more = {}) => asked.push({ where, request, paging: 'none', reads: [], words: [], body: [], ...more });
  const own = [manifest.credentials ?? []].flat();

  for (const [i, plan] of passes.entries()) {
    const pass = manifest.passes?.[i];
    const where = pass === undefined ? 'request' : `passes.${pass.name}`;
    const { request, paging, records } = plan.list({}, undefined);
    const { fields, status, kind } = plan.mapping;
    const inRecord = own.filter((list) => list.request === undefined).map((list) => ({ list, records: list.records }));
    const reads = [
      ...fieldPlaces(fields),
      ...wordPlaces('status', status),
      ...wordPlaces('kind_of', kind),
      ...testPlaces('keep', pass?.keep ?? manifest.keep),
      ...testPlaces('drop', pass?.drop ?? manifest.drop),
    ];
    const words = [...fieldWords(fields), ...wordsOf('status', status, true), ...wordsOf('kind_of', kind, false)];
    add(where, request, {
      paging,
      records,
      reads,
      words,
      inRecord,
      body: testPlaces('ok', manifest.ok?.when).concat(pathPlaces('ok.error', manifest.ok?.error)),
    });
    const follow = isMap(paging) ? paging.cursor?.request : undefined;
    if (follow !== undefined)
      add(`${where} (pages after the first)`, layered({ ...request, query: undefined, body: undefined }, follow), {
        follows: true,
        paging,
        records,
        reads,
        words,
      });
  }
  const { parents, principal, assignments, provisioning, log, pushes } = manifest;
  if (parents !== undefined)
    add('parents', parents.request, { paging: parents.paging ?? 'none', records: parents.records, reads: pathPlaces('id', parents.id) });
  if (principal !== undefined) add('principal', principal.request, { body: pathPlaces('id', principal.id) });
  for (const list of own)
    if (list.request !== undefined)
      add(`credentials ${list.name ?? ''}`.trim(), list.request, {
        paging: list.paging ?? 'none',
        records: list.records,
        reads: credentialPlaces(list),
      });
  if (assignments !== undefined) {
    const { request, paging, records, id, person, account, status, sync, keep, drop, open, groups } = assignments;
    const reads = [
      ...pathPlaces('id', id),
      ...pathPlaces('person', person),
      ...pathPlaces('account', account),
      ...wordPlaces('status', status),
      ...wordPlaces('sync', sync),
      ...testPlaces('keep', keep),
      ...testPlaces('drop', drop),
      ...testPlaces('groups.when', groups?.when),
      ...pathPlaces('groups.id', groups?.id),
    ];
    add('assignments', request, {
      paging,
      records,
      reads,
      words: [...wordsOf('assignments.status', status, true), ...wordsOf('assignments.sync', sync, true)],
    });
    if (open !== undefined) add('assignments.open', open.request, { body: testPlaces('when', open.when) });
    if (groups !== undefined)
      add('assignments.groups', groups.request, {
        paging: groups.paging,
        records: groups.records,
        reads: pathPlaces('person', groups.person),
      });
  }
  if (provisioning !== undefined) {
    const { request, records, each, shows, stages, stopped = [] } = provisioning;
    const states = stopped.flatMap((state, i) => [
      ...testPlaces(`stopped.${i}`, state.when),
      ...pathPlaces(`stopped.${i}.shows`, state.shows),
    ]);
    const settings = [
      ...pathPlaces('shows', shows),
      ...Object.entries(stages).flatMap(([stage, test]) => testPlaces(`stages.${stage}`, test)),
    ];
    add('provisioning', request, {
      records,
      mayBeOne: true,
      reads: each === undefined ? [...states, ...settings] : [...states, ...pathPlaces('each.id', each.id)],
    });
    if (each !== undefined)
      add('provisioning.each', each.request, {
        records: each.records,
        mayBeOne: true,
        reads: [...testPlaces('keep', each.keep), ...settings],
      });
  }
  for (const [where, section] of Object.entries({ log, pushes }))
    if (section !== undefined) add(where, section.request, readOfLog(section));
  return asked;
}

function readOfLog({ base_url: baseUrl, paging, records, each, keep, drop, fields, action, outcome, by, ok }) {
  return {
    baseUrl,
    paging,
    records,
    reads: [
      ...pathPlaces('each', each),
      ...testPlaces('keep', keep),
      ...testPlaces('drop', drop),
      ...fieldPlaces(fields),
      ...wordPlaces('action', action),
      ...wordPlaces('outcome', outcome),
      ...wordPlaces('by', by),
    ],
    // What no rule names is other or unknown, and a log tells of much that concerns no account.
    words: [...wordsOf('action', action, false), ...wordsOf('outcome', outcome, false), ...wordsOf('by', by, false)],
    body: testPlaces('ok', ok?.when).concat(pathPlaces('ok.error', ok?.error)),
  };
}

export function credentialPlaces({ fields, account = {}, keep, drop }) {
  return [
    ...fieldPlaces(fields),
    ...Object.entries(account).flatMap(([name, path]) => pathPlaces(`account.${name}`, path)),
    ...testPlaces('keep', keep),
    ...testPlaces('drop', drop),
  ];
}

function pathPlaces(where, path) {
  return [path ?? []]
    .flat()
    .filter((one) => typeof one === 'string')
    .map((one) => ({ where, path: one }));
}

function fieldPlaces(fields = {}) {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (typeof field === 'string' || Array.isArray(field)) return pathPlaces(`fields.${name}`, field);
    if ('cel' in field) return celPlaces(`fields.${name}`, field.cel);
    if ('template' in field) return [...field.template.matchAll(/\$\{([^{}]*)\}/g)].map(([, path]) => ({ where: `fields.${name}`, path }));
    return pathPlaces(`fields.${name}`, field.from);
  });
}

/** The places that an expression names of the record itself. */
function celPlaces(where, expression) {
  return [...expression.matchAll(/\brecord((?:\.\??[A-Za-z_]\w*(?![\w(]))+)/g)].map(([, path]) => ({
    where,
    path: path.slice(1).replaceAll('?', ''),
  }));
}

function testPlaces(where, tests) {
  return [tests ?? []]
    .flat()
    .flatMap((test) =>
      Object.entries(test).flatMap(([path, wanted]) =>
        path === 'cel' ? celPlaces(where, wanted) : [{ where, path, ...valuesOf(wanted) }],
      ),
    );
}

/** Values that a test names, where it names them whole. */
function valuesOf(test) {
  const given = isMap(test) ? ('not' in test ? [test.not].flat() : undefined) : [test].flat();
  return given === undefined ? {} : { values: given.filter((value) => value !== null && value !== '').map(String) };
}

function wordPlaces(where, words) {
  if (words === undefined || 'const' in words) return [];
  return [words].flat().flatMap((rule) => ('when' in rule ? testPlaces(where, rule.when) : pathPlaces(where, rule.from)));
}

/** Tables of words by the path they are read from. `all`: every word of the vendor should have a place in one of them. */
function wordsOf(where, words, all) {
  if (words === undefined || 'const' in words) return [];
  return [words].flat().flatMap((rule) => {
    if (!('when' in rule)) return [{ where, path: [rule.from].flat()[0], known: Object.keys(rule.map), all }];
    return testPlaces(where, rule.when).map(({ path, values }) => ({ where, path, known: values, all }));
  });
}

function fieldWords(fields = {}) {
  return Object.entries(fields).flatMap(([name, field]) =>
    isMap(field) && field.map !== undefined && field.from !== undefined
      ? [{ where: `fields.${name}`, path: [field.from].flat()[0], known: Object.keys(field.map), all: true }]
      : [],
  );
}
