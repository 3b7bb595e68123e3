import { APP, command, CONFIG, either, reportFlags, text, texts, yes } from '../flags.js';

/** In the order of the help. */
export const AUDIT_FLAGS = {
  ...reportFlags(),
  config: CONFIG,
  app: APP,
  failOn: text({
    usage: '--fail-on <words>',
    says: 'what ends in exit code 1: classes, class:reason, severity>=high, coverage.delete=gap, separated by commas; or none',
    heading: 'What fails:',
    effect: async (words) => ({ failOn: (await import('../../config/fail-on.js')).parseFailOn(words) }),
  }),
  baseline: text({
    usage: '--baseline <file>',
    says: 'known findings: those that are not in it, worse than in it, or past policy.sla fail',
    heading: 'What fails:',
    notWithReplay: true,
    effect: async (file, io) => ({ baseline: await (await import('../baseline-file.js')).existingBaseline(file, io) }),
  }),
  newOnly: yes({
    usage: '--new-only',
    says: 'with --baseline: known findings do not fail, however they have worsened',
    heading: 'What fails:',
    notWithReplay: true,
    needs: ['baseline', '--baseline FILE, which says what is known'],
    effect: () => ({ newOnly: true }),
  }),
  history: either({
    usage: '--history',
    says: 'record this audit although --as-of is given',
    opposite: ['--no-history', 'neither use nor record what earlier audits saw'],
    heading: 'What is read:',
  }),
  acceptShrink: texts({
    usage: '--accept-shrink <name>',
    says: 'this list may have shrunk beyond policy.guard.shrink, this once; repeatable',
    heading: 'What is read:',
    notWithReplay: true,
    effect: (names) => ({ acceptShrink: names }),
  }),
  trials: yes({
    usage: '--trials',
    says: 'name every joiner, mover and leaver behind the coverage in the JSON report',
    heading: 'The report:',
    effect: () => ({ trials: true }),
  }),
  evidence: text({
    usage: '--evidence <dir>',
    says: 'write an evidence pack into this new folder, for auditors; implies --trials',
    heading: 'The evidence:',
    notWithReplay: true,
  }),
  redact: yes({
    usage: '--redact',
    says: 'with --evidence: the pack names people by keyed pseudonyms, the same for the same person in every app',
    heading: 'The evidence:',
    notWithReplay: true,
    needs: ['evidence', '--evidence DIR, the pack to redact'],
  }),
  redactKeyFile: text({
    usage: '--redact-key-file <file>',
    says: 'with --redact: the key, for the same pseudonyms in every pack; default: one that is thrown away',
    heading: 'The evidence:',
    notWithReplay: true,
    needs: ['redact', '--redact'],
  }),
  coarsen: text({
    usage: '--coarsen <unit>',
    says: 'with --redact: dates as the first day of their month, quarter or year, so that nobody is found by a known day',
    heading: 'The evidence:',
    notWithReplay: true,
    needs: ['redact', '--redact'],
  }),
  replay: text({
    usage: '--replay <dir>',
    says: 'judge the rows of an evidence pack again, without touching any system',
    heading: 'What is read:',
  }),
  controls: text({
    usage: '--controls <names>',
    says: 'frameworks whose controls are named beside findings, separated by commas; all, or none',
    heading: 'The report:',
    effect: async (names) => ({ controls: (await import('../../config/controls.js')).parseControls(names) }),
  }),
  concurrency: text({
    usage: '--concurrency <n>',
    says: 'apps read at the same time, 1 to 64; default: by the size of the directory',
    heading: 'What is read:',
    effect: async (n) => {
      const [{ MAX_APPS }, { parseWhole }] = await Promise.all([import('../../audit/apps.js'), import('../values.js')]);
      return { appConcurrency: parseWhole('--concurrency', n, MAX_APPS) };
    },
  }),
};

export const audit = command({
  usage: 'audit',
  says: 'read the directory and every app, and report orphaned, stale and missing accounts and the coverage of each lifecycle stage',
  heading: 'Audit:',
  examples: [
    'lifegap audit',
    'lifegap audit --app crm --fail-on orphaned,coverage.delete=gap',
    'lifegap audit -f table -f html=report.html -f sarif=lifegap.sarif',
    'lifegap audit --evidence packs/2026-11 --redact',
    'lifegap audit --replay packs/2026-11 --controls all -f csv=findings.csv',
  ],
  flags: AUDIT_FLAGS,
  run: async (call) => (await import('./audit/run.js')).auditAndReport(call),
});
