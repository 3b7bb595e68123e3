import type { Progress } from '../audit/options.js';
import { visible } from '../report/escape.js';
import type { Io } from './io.js';

const EVERY = 100;

interface Line {
  rows: number;
  readonly since: number;
  state: Progress['state'];
}

/** One status line on stderr, redrawn in place; silent unless stderr is a terminal. */
export function progressLine(io: Io, quiet: boolean, now: () => number): { update: (progress: Progress) => void; clear: () => void } {
  const { stderr } = io;
  if (quiet || !stderr.isTTY || io.env.CI) return { update: () => undefined, clear: () => undefined };
  const lines = new Map<string, Line>();
  let drawn = -Infinity;
  const draw = (): void => {
    const parts = [...lines].filter(([, line]) => line.state === 'reading').map(([name, line]) => describe(name, line, now()));
    const done = [...lines.values()].filter((line) => line.state !== 'reading').length;
    const text = `reading  ${parts.join('  ')}${done > 0 ? `  (${done} of ${lines.size} read)` : ''}`;
    stderr.write(`\r\u001b[2K${text.slice(0, Math.max(20, (stderr.columns || 80) - 1))}`);
  };
  return {
    update: (progress) => {
      const line = lines.get(progress.source);
      if (line === undefined) lines.set(progress.source, { rows: progress.rows, since: now(), state: progress.state });
      else {
        line.rows = progress.rows;
        line.state = progress.state;
      }
      if (now() - drawn < EVERY) return;
      drawn = now();
      draw();
    },
    clear: () => {
      if (lines.size > 0) stderr.write('\r\u001b[2K');
    },
  };
}

function describe(name: string, line: Line, now: number): string {
  const seconds = (now - line.since) / 1000;
  const rate = seconds >= 0.5 ? ` (${Math.round(line.rows / seconds).toLocaleString('en')}/s)` : '';
  return `${visible(name)} ${line.rows.toLocaleString('en')}${rate}`;
}
