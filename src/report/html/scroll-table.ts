import { html, type Markup } from './markup.js';

export interface Head {
  readonly text: string;
  readonly numeric?: boolean;
}

/** A table that is wider than a narrow window scrolls in a region of its own, by keyboard too; `labelledBy` is the id of its heading. */
export function scrollTable(labelledBy: string, heads: readonly Head[], rows: readonly Markup[], kind?: 'matrix'): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${labelledBy}">
    <table ${kind === undefined ? '' : html` class="${kind}"`}>
      <thead>
        <tr>
          ${heads.map(({ text, numeric }) => html`<th scope="col" ${numeric === true ? html` class="num"` : ''}>${text}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
