import type { Backtest, Effect } from '#insight';
import { Html, html } from '../pages/html.js';
import { dateOf, fact } from '../pages/words.js';
import { BACKTEST_STYLE, policyOf } from './backtest-style.js';
import { calibrationDrawing } from './calibration-drawing.js';
import { effectsDrawing } from './effects-drawing.js';
import { tableOf } from './figure.js';
import { between, count, decimals, horizonWords, NOT_KNOWN, percent, wordsOf } from './figure-words.js';
import { liftDrawing } from './lift-drawing.js';
import { rocDrawing } from './roc-drawing.js';
import { rulesDrawing } from './rules-drawing.js';

type Horizon = Backtest['horizons'][number];

export interface BacktestResult {
  readonly backtest: Backtest;
  /** Of the model, what it says of its columns, per horizon. */
  readonly effects: readonly { readonly horizon: Horizon['horizon']; readonly effects: readonly Effect[] }[];
}

const KINDS: Readonly<Record<Backtest['model']['kind'], string>> = { logistic: 'logistic', additive: 'additive, boosted' };

/** How good a model is, drawn: a whole page in one file that needs nothing else and runs nothing. */
export function backtestPage({ backtest, effects }: BacktestResult): string {
  const { model: { id, kind, seed }, window, gapDays, horizons } = backtest;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="${policyOf(BACKTEST_STYLE)}">
<title>Backtest of ${id ?? 'a churn model'} · Touchline</title>
<style>${new Html(BACKTEST_STYLE)}</style>
</head>
<body><main>
<h1>Who leaves: how well it was foretold</h1>
<dl class="facts">${fact('Model', id ?? 'made for this look only')}${fact('Kind', KINDS[kind])}${fact('Seed', seed)}${fact('Rows', html`${dateOf(window.from)} to ${dateOf(window.to)}`)}${fact('Days between a row and the window that counts', `${gapDays}`)}</dl>
<p>Out of time: every row was judged by a model that had learnt only from outcomes known before that row. Intervals hold 95 % and are from resamples of whole parent accounts.</p>
${tableOf({ head: ['Leaves', 'Rows', 'Left', 'Accounts', 'ROC AUC', 'Lift at 10 %', 'Revenue captured at 10 %', 'Too good?'], rows: horizons.map(summaryOf) }, 'At a glance')}
${horizons.map((horizon) => section(horizon, effects.find((each) => each.horizon === horizon.horizon)?.effects ?? []))}
</main></body>
</html>
`.text;
}

function summaryOf({ horizon, rows, leavers, accounts, figures, leak }: Horizon) {
  const shown = (name: 'auc' | 'lift10' | 'arrCaptured10') => {
    const found = figures.find((each) => each.name === name);
    return found ? `${wordsOf(found).say(found.value)} (${between(found.low, found.high, wordsOf(found).say)})` : NOT_KNOWN;
  };
  return [horizonWords(horizon), count(rows), `${count(leavers)} (${percent(rows === 0 ? null : leavers / rows)})`, count(accounts), shown('auc'), shown('lift10'), shown('arrCaptured10'), leak.verdict];
}

function section(horizon: Horizon, effects: readonly Effect[]): Html {
  const { figures, leak, rows, leavers, accounts } = horizon;
  const id = `h${horizon.horizon}`;
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${horizonWords(horizon.horizon)}</h2>
<p>Of ${count(rows)} rows of ${count(accounts)} accounts, ${count(leavers)} left.</p>
<div class="verdict ${leak.verdict}"><p><strong>${leak.verdict === 'plausible' ? 'Plausible.' : 'Suspicious.'}</strong> ${leak.says}</p>
${leak.suspects.length === 0 ? null : html`<ul>${leak.suspects.map(({ column, auc, why }) => html`<li><b>${column}</b> (alone ${decimals(auc)}): ${why}</li>`)}</ul>`}</div>
${tableOf({ head: ['Figure', 'Value', '95 % interval'], rows: figures.map(({ name, value, low, high }) => {
    const { name: words, say, better } = wordsOf({ name });
    return [html`${words} <span class="muted">${better}</span>`, say(value), between(low, high, say)];
  }) }, `Figures: ${horizonWords(horizon.horizon).toLowerCase()}`)}
<h3>Drawn</h3><div class="drawings">${calibrationDrawing(`${id}-calibration`, horizon.calibration)}${liftDrawing(`${id}-lift`, horizon.lift)}${rocDrawing(`${id}-roc`, horizon.roc)}${rulesDrawing(`${id}-rules`, horizon)}</div>
${effects.length === 0 ? null : html`<h3>What the model makes of each column</h3><div class="drawings">${effectsDrawing(id, effects)}</div>`}</section>`;
}
