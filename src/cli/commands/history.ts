import { AS_OF, command, CONFIG, settled, text } from '../flags.js';

/** Of the command and of each below it. */
const FLAGS = {
  config: { ...CONFIG, says: 'the config that names the history; default: lifegap.yaml, looked for upward from here' },
  format: settled({ usage: '-f, --format <name>', says: 'table or json', initially: 'table' }),
  limit: settled({ usage: '--limit <n>', says: 'rows shown', initially: '50' }),
};

const diff = command({
  usage: 'diff <a> <b>',
  says: 'what changed between two audits, each given as its number, a date, or `last`',
  examples: ['lifegap history diff 1 last', 'lifegap history diff 2026-11-01 last'],
  above: FLAGS,
  run: async ({ given, io }, a: string, b: string) => (await import('./history/browse.js')).diffHistory([a, b], given, io),
});

const show = command({
  usage: 'show <person-or-account>',
  says: 'one timeline over the directory and all apps; by id, user name or e-mail address',
  examples: ['lifegap history show ada@corp.example'],
  above: FLAGS,
  run: async ({ given, io }, who: string) => (await import('./history/browse.js')).showHistory(who, given, io),
});

const prune = command({
  usage: 'prune',
  says: 'forget audits, and what was over, before a time; default: `retain` of the config',
  examples: ['lifegap history prune --older-than 400d'],
  above: FLAGS,
  flags: {
    olderThan: text({ usage: '--older-than <duration>', says: 'such as 400d' }),
    asOf: { ...AS_OF, says: 'counted back from this instant (ISO 8601); default: now' },
  },
  run: async ({ given, told: { asOf }, io }) => (await import('./history/browse.js')).pruneHistory(given, asOf ?? io.now(), io),
});

export const history = command({
  usage: 'history',
  says: 'the audits on record, and the trend of each app',
  heading: 'Look back:',
  examples: ['lifegap history', 'lifegap history diff 1 last', 'lifegap history show ada@corp.example'],
  flags: FLAGS,
  flagsFirst: true,
  commands: [diff, show, prune],
  run: async ({ given, io }) => (await import('./history/browse.js')).listHistory(given, io),
});
