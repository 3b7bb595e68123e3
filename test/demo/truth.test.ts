import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setUp, type Stage } from '../../src/demo/stage.js';
import type { Report } from '../../src/model/report.js';
import { AS_OF, auditOf, found, truth, verdicts } from './audit.js';

describe.each([1, 2, 3, 4, 5])('the audit of the demo company drawn from seed %i', (seed) => {
  let stage: Stage;
  let report: Report;
  beforeAll(async () => {
    stage = await setUp(seed, AS_OF);
    report = await auditOf(stage.configPath, stage.env);
  });
  afterAll(() => stage.close());

  it('reads everything whole but for the list that lies', () => {
    const lists = [...report.directory, ...report.apps].map(({ name, completeness, error }) => [name, error ?? completeness.verdict]);
    expect(Object.fromEntries(lists)).toEqual({
      hr: 'proven', contractors: 'consistent', chat: 'proven', tickets: 'proven', wiki: 'consistent', expenses: 'consistent',
      learning: 'unproven', devhub: 'proven', drive: 'proven', planner: 'consistent',
    }); // prettier-ignore
  });

  it.each(['chat', 'tickets', 'wiki', 'expenses', 'learning', 'devhub', 'drive', 'planner'])('finds in %s exactly what happened', (name) => {
    const app = stage.apps.find((one) => one.name === name)!;
    expect(found(report, name)).toEqual(truth(app, stage.company));
    expect(verdicts(report, name)).toEqual(app.verdicts);
  });
});
