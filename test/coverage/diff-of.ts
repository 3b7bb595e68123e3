import type { AppDiff } from '../../src/diff/app-diff.js';
import { audit, type Company } from '../in-memory.js';

/** What an audit in memory made of the app, before anything is said of its stages. */
export async function diffOf(company: Company): Promise<AppDiff> {
  let settled: AppDiff | undefined;
  await audit({ ...company, census: { directory: () => undefined, read: () => undefined, settled: (_, diff) => (settled = diff) } });
  if (settled === undefined) throw new Error('the audit settled nothing');
  return settled;
}
