import { plural } from '../words.js';
import { number, type Page, type Report, type Superseded, text } from './block.js';
import { figuresIn } from './block.js';
import { apartWords, valueWords } from './words.js';

const SHOWN = 3;

/** The report, as that which takes the place of an earlier one: it names it, and has a page before the definitions on what it says otherwise. */
export function takesThePlaceOf(report: Report, supersedes: Superseded): Report {
  const page = restatedPage(report, supersedes);
  return { ...report, supersedes, pages: [...report.pages.slice(0, -1), page, ...report.pages.slice(-1)] };
}

function restatedPage(report: Report, { report: before, at, figures, restated, why }: Superseded): Page {
  const known = new Map(figuresIn(report).map((figure) => [figure.id, figure]));
  const rows = (restated ?? []).map(({ figure, label, was, is, facts }) => {
    const { unit, currency } = known.get(figure)!;
    const [then, now] = was !== null && is !== null ? apartWords(was, is, unit, currency) : [was, is].map((value) => (value === null ? 'not measured' : valueWords(value, unit, currency)));
    const named = (facts ?? []).slice(0, SHOWN).map(({ source, id }) => `${source}/${id}`).join(', ');
    return [text(label), number(then!, was), number(now!, is), text(facts === null ? 'not known' : facts.length > SHOWN ? `${plural(facts.length, 'fact')}, such as ${named}` : named)];
  });
  return {
    id: 'restated', title: `What ${before} said otherwise`, blocks: [
      { kind: 'sentence', text: `This report takes the place of ${before}, published ${at.slice(0, 10)}. The SHA-256 of its figures is ${figures}.` },
      ...(why === null ? [] : [{ kind: 'sentence' as const, text: why }]),
      ...(restated === null ? [] : [{
        kind: 'table' as const, id: 'restated', title: 'Figures that are restated, and the facts that moved them', more: 0, none: 'None: every figure is what it was.',
        columns: [{ name: 'Figure', isNumber: false }, { name: 'Was', isNumber: true }, { name: 'Is', isNumber: true }, { name: 'Moved by', isNumber: false }], rows,
      }]),
    ],
  };
}
