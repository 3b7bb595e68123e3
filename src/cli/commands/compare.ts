import { command, reportFlags, text, texts, yes } from '../flags.js';
import { AUDIT_FLAGS } from './audit.js';

const { failOn, trials, controls, concurrency } = AUDIT_FLAGS;
const READ = 'What is read:';

/** In the order of the help. */
export const COMPARE_FLAGS = {
  ...reportFlags(),
  failOn,
  trials,
  controls,
  concurrency,
  map: texts({
    usage: '-m, --map <name.field=column>',
    says: 'what a column means, or a word: crm.status=State, "hr.endAt=Last Day", crm.status:Paused=suspended; empty: no column; repeatable',
    heading: READ,
  }),
  dates: texts({
    usage: '--dates <name=order>',
    says: 'what stands first in the dates of a list: hr=dmy, mdy or ymd; repeatable',
    heading: READ,
  }),
  encoding: texts({
    usage: '--encoding <name=encoding>',
    says: 'what a file is written in, if not UTF-8: hr=windows-1252; repeatable',
    heading: READ,
  }),
  sheet: texts({
    usage: '--sheet <name=sheet>',
    says: 'which sheet of a workbook, if several have rows: by its name, or the number of its tab; repeatable',
    heading: READ,
  }),
  explain: yes({ usage: '--explain', says: 'how every column was read, and why', heading: 'The report:' }),
  writeConfig: text({
    usage: '--write-config <file>',
    says: 'write the config that does the same with `lifegap audit`; overwrites nothing',
    heading: 'The report:',
  }),
};

export const compare = command({
  usage: 'compare <people> <apps...>',
  says: 'audit exports without a config: a list of people, and the accounts of one app or more; each a FILE or NAME=FILE',
  heading: 'Begin:',
  examples: [
    'lifegap compare hr.csv slack-members.csv',
    'lifegap compare hr.csv crm=export.json wiki=users.csv -f html=report.html -f table',
    'lifegap compare hr.csv crm.csv --map crm.status=State --map "crm.status:Paused=suspended" --dates hr=dmy',
    'lifegap compare hr.csv crm.csv --write-config lifegap.yaml',
  ],
  flags: COMPARE_FLAGS,
  run: async (call, people: string, apps: string[]) => (await import('./compare/run.js')).compareFiles(call, people, apps),
});
