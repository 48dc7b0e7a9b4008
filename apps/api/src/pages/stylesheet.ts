import { createHash } from 'node:crypto';
import { SURVEY_STYLE } from '../asking/survey-style.js';

/** Every colour of text has a contrast of at least 4.5 : 1 on what it stands on. */
export const STYLESHEET = `
:root { color-scheme: light; --ink: #1b1f24; --soft: #4b5563; --line: #d5d9df; --link: #0b4f9e; --paper: #fff; --ground: #f5f6f8;
  --at-risk: #c2261b; --watch: #b97800; --healthy: #1f8a45; --unknown: #7b8494; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid #0b4f9e; outline-offset: 2px; }
main:focus { outline: none; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 1rem 0 .25rem; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
ul, ol { margin: .25rem 0; padding-left: 1.25rem; }
ul { list-style: disc; }
p { margin: .25rem 0; }
main { max-width: 60rem; margin: 0 auto; padding: 0 1rem 4rem; }
.top { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: center; padding: .5rem 1rem; background: #16202c; color: #fff; }
.top a { color: #fff; padding: .375rem 0; }
.top .brand { font-weight: 700; text-decoration: none; }
.top nav { display: flex; flex-wrap: wrap; gap: 0 1rem; }
.top nav a { white-space: nowrap; text-decoration: none; border-bottom: 3px solid transparent; }
.top nav a[aria-current], .top nav a:hover { border-color: #fff; }
.top :focus-visible { outline-color: #fff; }
.who { margin-left: auto; font-size: .875rem; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: .5rem; top: .5rem; background: #fff; padding: .5rem; z-index: 1; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.lead { font-size: 1.05rem; }
.muted, figcaption, caption { color: var(--soft); font-size: .9rem; font-weight: 400; }
.notice, .empty { background: var(--paper); border: 1px solid var(--line); border-left: 4px solid var(--link); padding: .5rem 1rem; margin: 1rem 0; }
.badge { display: inline-block; padding: 0 .5rem; border-radius: 1rem; font-size: .875rem; font-weight: 600; white-space: nowrap; border: 1px solid currentColor; }
.badge.at-risk { background: #fde8e6; color: #8f1d14; }
.badge.watch { background: #fff1cf; color: #6b4700; }
.badge.healthy { background: #e0f3e4; color: #14532d; }
.badge.unknown { background: #e8eaed; color: #374151; }
.cards, .rows, .plain, .chips, .measures, .moves, .timeline { list-style: none; padding: 0; }
.cards > li, .rows > li, .plain > li, .group { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; margin: .75rem 0; }
.rows > li, .plain > li { margin: .375rem 0; }
.timeline > li { border-top: 1px solid var(--line); padding: .375rem 0 .125rem; }
.timeline summary { font-size: .875rem; padding: .125rem 0; }
.timeline .badge { white-space: normal; }
.cards h2, .rows h2, .group h3, .rows h3 { margin-top: 0; }
.rows h2 { font-size: 1rem; margin-bottom: .25rem; }
.rows .line { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; }
.call { font-size: 1.05rem; }
.facts { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: .5rem 0; }
.facts dt { color: var(--soft); font-size: .8rem; }
.facts dd { margin: 0; }
.chips { display: flex; flex-wrap: wrap; gap: .5rem; margin: .75rem 0; }
.chips a { display: inline-block; padding: .25rem .75rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--paper); }
a[aria-current="true"] { font-weight: 700; color: var(--ink); }
.filter, .actions form { display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: end; margin: .75rem 0; }
.filter label { flex: 0 1 12rem; }
.filter label input:not([type=checkbox]), .filter select { width: 100%; }
.filter .check { flex: none; }
.login { display: grid; gap: .75rem; max-width: 20rem; margin: 1rem 0; }
.login input { width: 100%; }
.filter a { padding: .5rem 0; }
label { display: block; font-size: .875rem; color: var(--soft); min-width: 0; }
input, select, textarea { display: block; font: inherit; color: var(--ink); background: #fff; padding: .4rem .5rem; border: 1px solid #6b7280; border-radius: .25rem; width: 12rem; max-width: 100%; min-height: 2.5rem; }
.check { display: flex; gap: .5rem; align-items: center; min-height: 2.5rem; }
.check input { width: 1.25rem; min-height: 0; height: 1.25rem; }
button { font: inherit; padding: .4rem 1rem; min-height: 2.5rem; border: 1px solid var(--link); border-radius: .25rem; background: var(--link); color: #fff; cursor: pointer; }
.quiet { background: none; border-color: #fff; min-height: 2rem; padding: 0 .75rem; }
.actions { display: flex; flex-wrap: wrap; gap: 0 1.5rem; border-top: 1px solid var(--line); margin-top: .25rem; }
.actions details[open] { flex: 1 1 100%; }
.cards h2 { margin-bottom: .25rem; }
.actions form { flex-direction: column; align-items: stretch; max-width: 26rem; }
.actions input, .actions select, .actions textarea { width: 100%; }
summary { cursor: pointer; color: var(--link); padding: .4rem 0; }
figure { margin: 0; max-width: 42rem; }
.chart { display: block; width: 100%; height: auto; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; }
.chart text { font-size: 12px; fill: var(--ink); }
.chart .name { fill: var(--soft); font-size: 11px; paint-order: stroke; stroke: #fff; stroke-width: 2px; }
.chart rect.at-risk { fill: #fde8e6; } .chart rect.watch { fill: #fff1cf; } .chart rect.healthy { fill: #e0f3e4; }
.chart.waterfall.narrow { display: none; } .chart.waterfall rect.level { fill: #6b7a8c; } .chart.waterfall rect.up { fill: #14532d; } .chart.waterfall rect.down { stroke: #8f1d14; }
.chart polyline { fill: none; stroke: #16202c; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.chart polyline.computed { stroke-dasharray: 3 4; stroke-width: 1.5; }
.chart circle { fill: #16202c; }
.chart .grid { stroke: var(--line); stroke-width: 1; }
.chart .tick, .chart .mark line { stroke: #16202c; stroke-width: 1; }
.chart .mark line { stroke-dasharray: 2 2; }
.chart .mark circle { fill: #fff; stroke: #16202c; }
.chart .mark text { font-size: 10px; }
.marks { max-width: 42rem; }
.bar { display: block; width: 100%; max-width: 30rem; height: .6rem; margin: .25rem 0; }
.bar.stacked { max-width: none; height: 1rem; }
.bar.interval { height: 1rem; } .bar .spread { fill: #9db7d8; } .bar .zero { fill: #6b7280; }
.chart .spread { stroke: #9db7d8; stroke-width: 5; } .chart .eta { fill: #fff; stroke: #16202c; }
.scatter circle { fill: #1f8a45; fill-opacity: .6; stroke: #14532d; } .scatter circle.red { fill: #c2261b; stroke: #8f1d14; } .chart.outage rect.watch { fill: #e0b45a; } .chart.outage rect.at-risk { fill: #d96a61; }
.scatter rect.loss { fill: #fff; stroke: #8f1d14; stroke-width: 2; }
.chart .band { fill: #d6e2f0; } .chart .lane { fill: #9db7d8; stroke: #44617f; } .chart .lane.ended { fill: #d5d8dd; stroke: #6b7280; }
.bar .track { fill: #e3e6ea; }
.bar .at-risk, .bar .poor { fill: var(--at-risk); } .bar .watch, .bar .fair { fill: var(--watch); } .bar .healthy, .bar .good { fill: var(--healthy); } .bar .unknown { fill: var(--unknown); }
.bar.stacked rect { stroke: var(--paper); stroke-width: 1px; vector-effect: non-scaling-stroke; }
.clocks { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 0 1.5rem; }
.scale { display: block; width: 12.5rem; max-width: 100%; height: auto; } .scale .track { fill: #e3e6ea; } .scale .missed { fill: #f3b8b2; } .scale text { font-size: 11px; fill: var(--soft); }
.scale .at-risk { fill: var(--at-risk); } .scale .watch { fill: var(--watch); } .scale .healthy { fill: var(--healthy); }
.wait { flex: 1 1 12rem; max-width: 15rem; }
blockquote { margin: .5rem 0; padding: 0 0 0 .75rem; border-left: 4px solid var(--line); white-space: pre-line; }
.measures > li { padding: .5rem 0; border-top: 1px solid var(--line); }
.measure { display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: space-between; max-width: 30rem; }
.moves > li { display: flex; gap: .75rem; padding: .25rem 0; border-top: 1px solid var(--line); }
.points { flex: 0 0 3.5rem; text-align: right; font-weight: 700; font-variant-numeric: tabular-nums; }
.lost { color: #8f1d14; } .won { color: #14532d; }
.paging { display: flex; gap: 1.5rem; padding: .5rem 0; }
table { border-collapse: collapse; } .scrolls { overflow-x: auto; }
th, td { text-align: left; overflow-wrap: normal; padding: .25rem 1rem .25rem 0; border-bottom: 1px solid var(--line); }
pre { white-space: pre-wrap; font-size: .85rem; margin: 0; }
@media (max-width: 40rem) { .whole { flex: 1 1 100%; } .filter label { flex: 1 1 8.5rem; } .filter .check { flex: 1 1 100%; } .top nav { order: 1; width: 100%; } .chart.waterfall { display: none; } .chart.waterfall.narrow { display: block; } }
${SURVEY_STYLE}`;

const VERSION = createHash('sha256').update(STYLESHEET).digest('base64url').slice(0, 12);

/** Changes with the styles, so that browsers may keep it for good. */
export const STYLESHEET_PATH = `/pages.css?v=${VERSION}`;
