import { spawn } from 'node:child_process';
import path from 'node:path';

const BIN = path.resolve(import.meta.dirname, '../../bin/lifegap.js');

/** The JSON report of `lifegap audit`, run as a user runs it. */
export function audit(config) {
  const child = spawn(
    process.execPath,
    [...process.execArgv, BIN, 'audit', '--config', config, '--format', 'json', '--quiet', '--as-of', '2026-11-01T00:00:00Z'],
    {
      env: { ...process.env, LIFEGAP_BENCH_TOKEN: 'token-of-the-benchmark' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const text = Buffer.concat(chunks).toString();
      if (text === '') reject(new Error(`no report; exit ${code}`));
      else resolve({ code, report: JSON.parse(text) });
    });
  });
}
