import { hash } from 'node:crypto';
import { appSection } from './html/apps.js';
import { pageData } from './html/data.js';
import { logs } from './html/logs.js';
import { html, type Markup } from './html/markup.js';
import { masthead, matrix, tiles } from './html/overview.js';
import { directories, legend } from './html/sources.js';
import { trend } from './html/trend.js';
import { pieces } from './pieces.js';
import type { AssetReader, Reporter } from './reporter.js';
import { byName, compareFindings, inOrder } from './sort.js';
import { when } from './words.js';

/** The page's own code, one classic script after another; it is the same in every report. */
const SCRIPTS = ['dom.js', 'data.js', 'paged-table.js', 'findings.js', 'trials.js', 'person.js', 'main.js'];

/**
 * One file that opens from a disk, without a network: everything that there is one of per app is markup, and stays readable without
 * JavaScript; findings, trials and people come as JSON and are drawn by the page's script. The content security policy lets that one
 * script and that one style run, by their hashes, and nothing else.
 */
export async function htmlReporter(asset: AssetReader): Promise<Reporter> {
  const style = (await asset('html/page/page.css')).trim();
  const scripts = await Promise.all(SCRIPTS.map((name) => asset(`html/page/${name}`)));
  const script = `'use strict';\n${scripts.join('\n').trim()}`;
  if (/<\/(style|script)/i.test(style + script)) throw new Error("the page's own code holds the end of its element");
  const allowed = (text: string): string => `'sha256-${hash('sha256', text, 'base64')}'`;
  const policy = `default-src 'none'; style-src ${allowed(style)}; script-src ${allowed(script)}; img-src data:; base-uri 'none'; form-action 'none'`;
  return (report) => {
    const apps = inOrder(report.apps, byName);
    const findings = inOrder(report.findings, compareFindings);
    return pieces(
      (function* () {
        yield head(policy, `lifegap, ${when(report.asOf)}`);
        yield `<style>${style}</style>\n</head>\n<body>\n<a class="skip" href="#findings">Skip to the findings</a>\n`;
        yield masthead(report).text;
        yield '<main>\n<div id="report">\n';
        yield matrix(apps, report).text;
        yield tiles(report).text;
        yield '<section aria-labelledby="apps"><h2 id="apps">Each app</h2>\n';
        for (const [at, app] of apps.entries()) yield appSection(app, at).text;
        yield '</section>\n';
        yield html`${trend(apps, report)}`.text;
        yield findingsPlace().text;
        yield directories(report.directory).text;
        yield html`${logs(apps)}`.text;
        yield '</div>\n<div id="person" hidden></div>\n</main>\n';
        yield legend(report).text;
        yield '<script type="application/json" id="data">';
        yield* pageData(
          apps,
          findings,
          report.directory.map(({ name }) => name).filter((name) => findings.some(({ app }) => app === name)),
        );
        yield `</script>\n<script>${script}</script>\n</body>\n</html>\n`;
      })(),
    );
  };
}

function head(policy: string, title: string): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
      </head>
    </html> `.text;
}

function findingsPlace(): Markup {
  return html`<section aria-labelledby="findings">
    <h2 id="findings" tabindex="-1">All findings</h2>
    <noscript><p>This list needs JavaScript, which is off here. The csv and markdown formats hold the same findings.</p></noscript>
    <div id="findings-view"></div>
  </section> `;
}
