import { UsageError } from '../../model/errors.js';
import { COVERAGE_FORMATS, explainFormats } from '../../report/formats.js';
import { AUDIT_FLAGS } from './audit.js';
import { command, reportFlags, text } from '../flags.js';

/** What is read and what fails is said as of an audit. */
const { config, app, failOn, baseline, newOnly, history, acceptShrink } = AUDIT_FLAGS;

/** An audit that shows the coverage alone, or the trials of one app. */
export const coverage = command({
  usage: 'coverage',
  says: 'read as audit does, and show which lifecycle stage each app really covers; exit codes are those of audit',
  heading: 'Audit:',
  examples: ['lifegap coverage', 'lifegap coverage --explain crm --stage delete -f csv=leavers.csv'],
  flags: {
    ...reportFlags(COVERAGE_FORMATS),
    ...{ config, app, failOn, baseline, newOnly, history, acceptShrink },
    explain: text({
      usage: '--explain <app>',
      says: 'every joiner, mover and leaver of this app, and what followed',
      heading: 'The report:',
    }),
    stage: text({ usage: '--stage <stage>', says: 'with --explain: create, update or delete only', heading: 'The report:' }),
  },
  run: async ({ given: { explain, stage, ...given }, ...call }) => {
    if (explain === undefined && stage !== undefined)
      throw new UsageError('--stage goes with --explain APP: name the app whose trials you want to see');
    if (explain !== undefined && given.app !== undefined)
      throw new UsageError('--explain reads the one app that it names: leave --app away');
    const [{ auditAndReport }, { STAGES }] = await Promise.all([import('./audit/run.js'), import('../../model/policy.js')]);
    if (explain === undefined) return auditAndReport({ ...call, given }, { formats: COVERAGE_FORMATS });
    const stages = stage === undefined ? STAGES : STAGES.filter((name) => name === stage);
    if (stages.length === 0) throw new UsageError(`--stage ${stage ?? ''}: expected one of ${STAGES.join(', ')}`);
    return auditAndReport({ ...call, given: { ...given, app: [explain] } }, { formats: explainFormats(stages) });
  },
});
