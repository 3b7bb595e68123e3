import { dated, html, type Markup } from './markup.js';

/** A titled list; nothing when it is empty. */
export function items(title: string, texts: readonly string[]): Markup | string {
  if (texts.length === 0) return '';
  const head = title === '' ? '' : html`<h4>${title}</h4>`;
  return html`${head}
    <ul class="reasons">
      ${texts.map((text) => html`<li>${dated(text)}</li>`)}
    </ul>`;
}
