import type { CompletenessVerdict } from '../../model/completeness.js';
import type { CoverageVerdict } from '../../model/report.js';
import { html, type Markup } from './markup.js';

/** A sign beside every word: colour never carries meaning alone. The tone picks the colour in page.css. */
const COVERAGE: Readonly<Record<CoverageVerdict, readonly [sign: string, tone: string]>> = {
  covered: ['✓', 'good'],
  partial: ['◐', 'warn'],
  gap: ['✗', 'bad'],
  contradicted: ['✗', 'bad strong'],
  undeclared: ['!', 'warn'],
  unproven: ['?', 'open'],
};

const LISTS: Readonly<Record<CompletenessVerdict | 'failed', readonly [sign: string, tone: string]>> = {
  proven: ['✓', 'good'],
  consistent: ['~', 'open'],
  unproven: ['?', 'warn'],
  failed: ['✗', 'bad'],
};

export const coverageMark = (verdict: CoverageVerdict): Markup => mark(verdict, COVERAGE[verdict]);
export const listMark = (list: {
  readonly error: string | null;
  readonly completeness: { readonly verdict: CompletenessVerdict };
}): Markup => {
  const word = list.error === null ? list.completeness.verdict : 'failed';
  return mark(word, LISTS[word]);
};

function mark(word: string, [sign, tone]: readonly [string, string]): Markup {
  return html`<span class="mark ${tone}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}
