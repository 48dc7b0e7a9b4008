import type { Simulation } from '#insight';
import { BOX, figure, place } from '../churn/figure.js';
import { count } from '../churn/figure-words.js';
import { html, type Html } from '../pages/html.js';
import { bandWords } from '../pages/words.js';

const ORDER = ['healthy', 'watch', 'at-risk', 'unknown'] as const;
const [LEFT, TOP] = [84, 46];
const [WIDE, HIGH] = [(BOX.right - LEFT) / 4, 50];

/** How many customers were in which band as published, and are in which by the draft. */
export function turnsDrawing({ turns, to }: Simulation): Html {
  const of = (was: string, is: string) => turns.find((turn) => turn.from === was && turn.to === is)?.customers ?? 0;
  const most = Math.max(1, ...turns.map(({ customers }) => customers));
  const changed = turns.filter((turn) => turn.from !== turn.to).reduce((sum, { customers }) => sum + customers, 0);
  return figure({
    id: 'turns', title: `Bands on ${to}, as published and by the draft`, height: TOP + 4 * HIGH + 12,
    says: `${changed === 0 ? 'Nobody is' : `${count(changed)} of ${count(turns.reduce((sum, { customers }) => sum + customers, 0))} customers are`} in another band. On the framed fields both say the same.`,
    drawing: html`<text x="2" y="${TOP - 12}">Published</text><text x="${(LEFT + BOX.right) / 2}" y="12" text-anchor="middle">Draft</text>
${ORDER.map((band, column) => html`<text x="${place(LEFT + (column + 0.5) * WIDE)}" y="${TOP - 12}" text-anchor="middle">${bandWords[band]}</text>`)}
${ORDER.map((was, row) => html`<text x="2" y="${TOP + row * HIGH + 30}">${bandWords[was]}</text>${ORDER.map((is, column) => {
      const customers = of(was, is);
      const [x, y] = [place(LEFT + column * WIDE + 2), TOP + row * HIGH + 2];
      return html`<rect class="cell" x="${x}" y="${y}" width="${place(WIDE - 4)}" height="${HIGH - 4}" fill-opacity="${customers === 0 ? 0 : place(0.1 + 0.3 * (customers / most))}"/><rect class="${was === is ? 'frame same' : 'frame'}" x="${x}" y="${y}" width="${place(WIDE - 4)}" height="${HIGH - 4}"/>
<text class="many" x="${place(LEFT + (column + 0.5) * WIDE)}" y="${TOP + row * HIGH + 31}" text-anchor="middle">${customers === 0 ? '–' : count(customers)}</text>`;
    })}`)}`,
    table: { head: ['Published', ...ORDER.map((band) => `Draft: ${bandWords[band]}`)], rows: ORDER.map((was) => [bandWords[was]!, ...ORDER.map((is) => count(of(was, is)))]) },
  });
}
