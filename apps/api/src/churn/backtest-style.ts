import { createHash } from 'node:crypto';

/** Light or dark as the reader's machine is. Text has a contrast of at least 4.5 : 1, lines that matter at least 3 : 1. */
export const BACKTEST_STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #4b5563; --line: #d5d9df; --paper: #fff; --ground: #f5f6f8; --link: #0b4f9e; --model: #0b5cad; --other: #6b7280; --bad: #8f1d14; --good: #14532d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #b3bac4; --line: #3a424d; --paper: #1c232b; --ground: #12171d; --link: #8ab8f0; --model: #6cb0ff; --other: #9aa3af; --bad: #ff9d92; --good: #7fd8a0; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 76rem; margin: 0 auto; padding: 0 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 1rem 0 .25rem; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
h4 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: .25rem 0; max-width: 60rem; }
.muted, figcaption, caption { color: var(--soft); font-size: .9rem; font-weight: 400; text-align: left; }
.facts { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: .75rem 0; }
.facts dt { color: var(--soft); font-size: .8rem; }
.facts dd { margin: 0; }
.verdict { background: var(--paper); border: 1px solid var(--line); border-left: 4px solid var(--good); padding: .5rem 1rem; margin: 1rem 0; }
.verdict.suspicious { border-left-color: var(--bad); }
.verdict strong { color: var(--good); } .verdict.suspicious strong { color: var(--bad); }
.verdict ul { margin: .25rem 0; padding-left: 1.25rem; }
.drawings { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: 1rem; align-items: start; }
.whole { grid-column: 1 / -1; }
figure { margin: 0; padding: .75rem; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; min-width: 0; }
@media (min-width: 48rem) { .broad { grid-column: span 2; } }
svg { display: block; width: 100%; max-width: 28rem; height: auto; }
svg text { font-size: 12px; fill: var(--ink); }
svg .value { font-size: 11px; }
svg .name, svg .value { paint-order: stroke; stroke: var(--paper); stroke-width: 5px; stroke-linejoin: round; }
.axes line { stroke: var(--line); stroke-width: 1; }
.axes text { fill: var(--soft); }
.even { stroke: var(--other); stroke-width: 1.5; stroke-dasharray: 5 4; }
.interval { stroke: var(--model); stroke-width: 2; }
polyline.model, path.model { fill: none; stroke: var(--model); stroke-width: 2; stroke-linejoin: round; }
circle.model, rect.model, .ours circle { fill: var(--model); }
.other circle { fill: var(--other); } .other .interval { stroke: var(--other); }
summary { cursor: pointer; color: var(--link); padding: .4rem 0; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
th, td { text-align: left; vertical-align: top; padding: .25rem 1rem .25rem 0; border-bottom: 1px solid var(--line); }
th[scope=row] { font-weight: 400; }
th .muted { display: block; }
figure td { white-space: nowrap; }
figure th { min-width: 4.5rem; }
@media print { body { background: none; } figure { break-inside: avoid; } }
`;

/** Nothing is loaded and no script runs; the styles are allowed by their hash. For the header of whoever sends the page, and in the page itself for who opens it as a file. */
export const policyOf = (style: string): string => `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;
