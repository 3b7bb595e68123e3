import path from 'node:path';

/** How this very program was started, so that the lines it prints can be pasted. */
export function commandName(argv: readonly string[], cwd: string): string {
  const script = argv[1] ?? '';
  if (script.includes(`${path.sep}node_modules${path.sep}`)) return 'npx lifegap';
  if (path.basename(script) === 'lifegap') return 'lifegap';
  const relative = path.relative(cwd, script);
  return `node ${shellWord(relative.startsWith('..') ? script : relative)}`;
}

export function shellWord(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The line that was run, without its `--limit`: what it is to be run with again, the reader is told. */
export function commandLine(argv: readonly string[], cwd: string): string {
  const words = argv.slice(2).filter((word, i, all) => !word.startsWith('--limit=') && word !== '--limit' && all[i - 1] !== '--limit');
  return [commandName(argv, cwd), ...words.map(shellWord)].join(' ');
}
