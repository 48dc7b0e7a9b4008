import { BACKTEST_STYLE } from '../churn/backtest-style.js';

/** What is drawn of the draft is solid and filled, what is published dashed and hollow: so they differ without colour. */
export const SIMULATION_STYLE = `${BACKTEST_STYLE}
polyline.published { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 4; stroke-linejoin: round; }
line.published { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 4; } line.draft { stroke: var(--model); stroke-width: 2; }
rect.published { fill: var(--paper); stroke: var(--ink); stroke-width: 1; } rect.draft { fill: var(--model); }
rect.cell { fill: var(--model); } rect.frame { fill: none; stroke: var(--line); } rect.same { stroke: var(--ink); stroke-width: 2; }
svg .many { font-size: 15px; font-weight: 600; }
`;
