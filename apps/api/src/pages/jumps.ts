import { html, Html } from './html.js';

const SECTION = /<h2>([^<]+)<\/h2>/g;

const anchorOf = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** A long page with a list of its sections below its form (without one: its title), each a link to the heading. Sections have headings without an id of their own. */
export function withJumps({ text }: Html): Html {
  const titles = [...text.matchAll(SECTION)].map(([, title]) => new Html(title!));
  if (titles.length < 2) return new Html(text);
  const list = html`<nav aria-label="On this page"><ul class="chips">${titles.map((title) => html`<li><a href="#${anchorOf(title.text)}">${title}</a></li>`)}</ul></nav>`;
  return new Html(text.replace(SECTION, (_, title: string) => `<h2 id="${anchorOf(title)}">${title}</h2>`).replace(text.includes('</form>') ? '</form>' : '</h1>', (end) => `${end}\n${list.text}`));
}
