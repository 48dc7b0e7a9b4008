/** Black on white, no colour carries a meaning; every text has a contrast of at least 7 : 1. */
export const REPORT_STYLE = `
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1160px; padding: 24px; background: #fff; color: #1b1f24; font: 15px/1.45 Roboto, system-ui, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 20px; margin: 32px 0 8px; border-bottom: 2px solid #1b1f24; padding-bottom: 4px; } h3 { font-size: 16px; margin: 16px 0 4px; } h4 { margin: 12px 0 4px; }
p { margin: 4px 0; } a { color: #0b3d7a; } nav a { margin-right: 12px; }
.quiet, .notes, caption, .label { color: #404a57; font-size: 13px; }
.outcomes { display: grid; grid-template-columns: repeat(3, 1fr); gap: 12px; }
.outcome, .single { border: 1px solid #808a96; padding: 8px 12px; break-inside: avoid; } .single { margin: 8px 0; }
.outcome h3 { margin: 0 0 4px; }
.headline strong { display: block; font-size: 21px; } .missing strong { font-size: 14px; font-weight: 400; font-style: italic; display: block; }
.headline .notes, .beside .notes { display: block; } .notes span { display: inline-block; } .beside { border-top: 1px solid #d5d9df; margin-top: 6px; padding-top: 4px; }
.wide { overflow-x: auto; margin: 12px 0; } table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: 700; font-size: 15px; color: #1b1f24; padding: 4px 0; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid #d5d9df; padding: 4px 8px 4px 0; } .number { text-align: right; padding-right: 12px; } td.number { font-variant-numeric: tabular-nums; } .short { white-space: nowrap; }
figure { margin: 16px 0; break-inside: avoid; } figcaption { font-weight: 700; } figure svg { max-width: 100%; height: auto; }
@page { size: A4; margin: 14mm; }
@media (max-width: 800px) { .outcomes { grid-template-columns: minmax(0, 1fr); } }
@media screen and (max-width: 600px) { body { padding: 12px; overflow-wrap: anywhere; } figure > div { overflow-x: auto; } figure svg { max-width: none; min-width: 560px; }
  table, caption, tbody, tr, td { display: block; } thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } tr { border-bottom: 1px solid #808a96; padding: 4px 0; } td { border: 0; padding: 1px 0; } .number { text-align: left; padding: 1px 0; } .short { white-space: normal; } td::before { content: attr(data-name) ": "; color: #404a57; font-size: 13px; } }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } nav { display: none; } section:nth-of-type(2) { break-before: page; } h2, h3, h4, caption, figcaption { break-after: avoid; } tr, p { break-inside: avoid; } a { color: inherit; text-decoration: none; }
  h1 { font-size: 16pt; } h2 { font-size: 13pt; margin-top: 8pt; } .outcomes { gap: 6px; } .headline strong { font-size: 13pt; } .quiet, .notes, .label { font-size: 8pt; } caption, h3 { font-size: 11pt; } .wide { overflow: visible; } }
`;
