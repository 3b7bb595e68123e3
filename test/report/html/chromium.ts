import { existsSync } from 'node:fs';
import { describe } from 'vitest';
import { chromium, type Browser } from 'playwright-core';

/** Debian's, Ubuntu's and Google's packages; CHROMIUM names any other. */
const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const found = PLACES.find((place) => place !== undefined && existsSync(place));
const required = process.env['LIFEGAP_REQUIRE_CHROMIUM'] === '1';
if (found === undefined && !required) {
  process.stderr.write(
    '\n*** Chromium is not installed (Debian: apt-get install chromium): the tests of the HTML report in a browser are SKIPPED ***\n\n',
  );
}
/** `describe` for tests in a browser: skipped where there is none, unless LIFEGAP_REQUIRE_CHROMIUM=1 makes that a failure. */
export const describeInBrowser = found !== undefined || required ? describe : describe.skip;

/** A browser that asks nobody for anything by itself. */
export function startBrowser(): Promise<Browser> {
  if (found === undefined) throw new Error('Chromium is not installed, and LIFEGAP_REQUIRE_CHROMIUM=1 forbids to go on without it');
  const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']; // prettier-ignore
  // Root has no sandbox in containers; the pages are our own files.
  return chromium.launch({ executablePath: found, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...quiet] });
}
