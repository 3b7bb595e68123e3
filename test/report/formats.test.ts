import { expect, test } from 'vitest';
import { asset } from '../../src/cli/asset.js';
import { FORMATS } from '../../src/report/formats.js';
import { text } from './medium.js';
import { sampleReport } from './sample.js';

test.each(Object.entries(FORMATS))('%s loads, renders and says what it is', async (_, format) => {
  const reporter = await format.load(asset);
  expect(text(reporter, sampleReport()).length).toBeGreaterThan(1000);
  expect(format.describe).toMatch(/^\S.{5,79}$/);
  expect(format.extension).toMatch(/^[a-z]+$/);
});

test('a format is not loaded before it is asked for', () => {
  expect(Object.keys(FORMATS)).toEqual(['table', 'json', 'csv', 'csv-coverage', 'sarif', 'junit', 'github', 'markdown', 'gitlab', 'html']);
  for (const format of Object.values(FORMATS)) expect(format.load).toBeTypeOf('function');
});
