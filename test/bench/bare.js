// The floor: node:http by itself, one kept connection for each app, page after page, all bodies thrown away.
import http from 'node:http';

/** Reads `pages` pages of each of `apps` lists of the benchmark's server, side by side. */
export async function readBare(port, apps, pages) {
  await Promise.all(
    Array.from({ length: apps }, async (_, app) => {
      const agent = new http.Agent({ keepAlive: true });
      for (let page = 0; page < pages; page++) await discard({ agent, port, path: `/app${app}/api/users.list?cursor=${page}` });
      agent.destroy();
    }),
  );
}

function discard(options) {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', ...options }, (response) => response.resume().on('end', resolve).on('error', reject));
    request.on('error', reject);
  });
}
