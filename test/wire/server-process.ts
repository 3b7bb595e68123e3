import { spawn, type SpawnOptionsWithoutStdio } from 'node:child_process';

/** Starts a server, and waits until it says that it is ready. Gives what ends it, and waits for its end. */
export async function startServer(
  command: string,
  args: readonly string[],
  options: SpawnOptionsWithoutStdio,
  ready: string,
): Promise<(signal: NodeJS.Signals) => Promise<void>> {
  const server = spawn(command, args, options);
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()).once('error', () => resolve()));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (text: string): void => {
      said = (said + text).slice(-4000);
      if (said.includes(ready)) resolve();
    };
    for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', hear);
    server.once('exit', () => reject(new Error(`${command} did not start: ${said}`))).once('error', reject);
  });
  return async (signal) => {
    server.kill(signal);
    await ended;
  };
}
