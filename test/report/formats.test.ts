import { expect, test } from 'vitest';
import { asset } from '../../src/cli/asset.js';
import { FORMATS } from '../../src/report/formats.js';
import { text } from './medium.js';
import { sampleReport } from './sample.js';
import { populated } from './sample-population.js';

test.each(Object.entries(FORMATS))('%s loads, renders and says what it is', async (_, format) => {
  const reporter = await format.load(asset);
  expect(text(reporter, populated(sampleReport())).length).toBeGreaterThan(1000);
  expect(format.describe).toMatch(/^\S.{5,79}$/);
  expect(format.extension).toMatch(/^[a-z]+$/);
});

test('a format is not loaded before it is asked for', () => {
  const names = 'table json csv csv-coverage csv-accounts csv-people csv-exclusions sarif junit github markdown gitlab html';
  expect(Object.keys(FORMATS)).toEqual(names.split(' '));
  for (const format of Object.values(FORMATS)) expect(format.load).toBeTypeOf('function');
});
