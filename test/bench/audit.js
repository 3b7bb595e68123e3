import { spawn } from 'node:child_process';
import path from 'node:path';

const BIN = path.resolve(import.meta.dirname, '../../bin/lifegap.js');
const CPU = new URL('cpu.js', import.meta.url).href;

/** The JSON report of `lifegap audit`, run as a user runs it, the CPU seconds of its process, and its peak memory in MiB. */
export function audit(config) {
  const child = spawn(
    process.execPath,
    [
      ...process.execArgv,
      ...['--import', CPU, BIN, 'audit', '--config', config],
      ...['--format', 'json', '--quiet', '--as-of', '2026-11-01T00:00:00Z'],
    ],
    {
      env: { ...process.env, LIFEGAP_BENCH_TOKEN: 'token-of-the-benchmark' },
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    },
  );
  const told = [1, 3].map((at) => {
    const chunks = [];
    child.stdio[at].on('data', (chunk) => chunks.push(chunk));
    return chunks;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const [text, used] = told.map((chunks) => Buffer.concat(chunks).toString());
      if (text === '') reject(new Error(`no report; exit ${code}`));
      else resolve({ code, report: JSON.parse(text), ...JSON.parse(used) });
    });
  });
}
