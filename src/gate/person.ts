import { EXIT, type ExitCode } from '../model/errors.js';
import type { PersonReport } from '../model/person-report.js';

/**
 * How `lifegap person` ends. With `failIfActive` a way in is 1, and outranks everything; a source that failed is 4, and what could not be told is 3:
 * an offboarding that was not seen whole is not done.
 */
export function personExit({ who, people, summary, apps }: PersonReport, failIfActive: boolean): { exitCode: ExitCode; reason: string } {
  const { lettingIn, open, failed } = summary;
  if (failIfActive && lettingIn > 0)
    return { exitCode: EXIT.finding, reason: `${lettingIn} ${lettingIn === 1 ? 'account lets' : 'accounts let'} this person in` };
  if (failed.length > 0) return { exitCode: EXIT.source, reason: `could not be read: ${failed.join(', ')}` };
  if (open.length > 0) return { exitCode: EXIT.inconclusive, reason: `cannot be told: ${open.join('; ')}` };
  if (people.length === 0 && apps.every((app) => app.accounts.length === 0))
    return { exitCode: EXIT.usage, reason: `neither the directory nor an app knows ${who}: is it spelt right?` };
  return {
    exitCode: EXIT.clean,
    reason: lettingIn === 0 ? 'every list was read whole, and nothing lets this person in' : 'what lets this person in is above',
  };
}
