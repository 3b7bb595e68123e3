const BEGINS = '<script type="application/json" id="data">';
const ENDS = '</script>';

/** The findings, trials and people that the HTML page holds for its script, as one text; undefined: it holds none. No `<` is in it. */
export function embedded(page: string): string | undefined {
  const from = page.indexOf(BEGINS);
  if (from < 0) return undefined;
  const to = page.indexOf(ENDS, from);
  return to < 0 ? undefined : page.slice(from + BEGINS.length, to);
}

/** What can be said of a page that another build made. */
export function pageRemark(file: string, writtenBy: string, here: string): string {
  return `${file}: another build of lifegap made this page (${writtenBy}; this is ${here}), so its bytes were not compared: the findings, trials and people in it are those that the rows give, and the rest of the page is not proven`;
}
