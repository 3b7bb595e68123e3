#!/usr/bin/env node
// Nothing is imported before it is known that it can run: both mistakes would end in a stack trace.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`lifegap: Node ${process.versions.node} is too old: lifegap needs 20.19 or later\n`);
  process.exitCode = 2;
} else {
  const { main } = await import('../dist/cli/main.js').catch(unbuilt);
  process.exitCode = await main(process);
}

function unbuilt(error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.url).endsWith('/dist/cli/main.js')) throw error;
  return {
    main: ({ stderr }) => {
      stderr.write('lifegap: this is a checkout that was not built: run npm ci, or npm run build\n');
      return 2;
    },
  };
}
