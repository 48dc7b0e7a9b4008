import type { ExperienceAnswers } from '#read-model';
import { html, type Html } from '../html.js';
import { dateOf } from '../words.js';
import { shareLine, shareText } from './figures.js';

/** Excellent answers by what the question was about, and how that moved. */
export function subjectsView({ subjects }: Pick<ExperienceAnswers, 'subjects'>): Html {
  if (subjects.every(({ key }) => key === null)) return html`<p>Not measured; needs facts of type <code>survey.responded</code> with a <code>subject</code>.</p>`;
  const name = (key: string | null) => key ?? 'Nobody said';
  return html`<ul class="measures">${subjects.map(({ key, topBox }) => shareLine(`Excellent answers: ${name(key)}`, topBox))}</ul>
<details><summary>How that moved</summary><div class="scrolls"><table><caption>Excellent answers by subject</caption><thead><tr><th scope="col">From</th><th scope="col">To</th>${subjects.map(({ key }) => html`<th scope="col">${name(key)}</th>`)}</tr></thead>
<tbody>${subjects[0]!.trend.map(({ from, to }, place) => html`<tr><td>${dateOf(from)}</td><td>${dateOf(to)}</td>${subjects.map(({ trend }) => html`<td>${shareText(trend[place]!.topBox)}</td>`)}</tr>`)}</tbody></table></div></details>`;
}
