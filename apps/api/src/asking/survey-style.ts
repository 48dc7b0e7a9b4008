/** Of the page that asks one question: large targets for thumbs, and a focus that is seen. */
export const SURVEY_STYLE = `
.survey main { max-width: 40rem; padding-top: 1rem; }
.survey fieldset { border: 0; margin: 1rem 0; padding: 0; min-width: 0; }
.survey legend { padding: 0; color: var(--soft); }
.scale > div { display: grid; grid-template-columns: repeat(auto-fit, minmax(3rem, 1fr)); gap: .5rem; margin-top: .5rem; }
/* Few stand in one line, at any width; many break where it is narrow, and the ends are said above. */
.scale > .few { grid-template-columns: none; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); }
.scale label { position: relative; display: block; }
.scale input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.scale label > span { display: block; padding: .75rem .25rem; min-height: 3rem; text-align: center; font-weight: 700; background: var(--paper); border: 2px solid var(--soft); border-radius: .5rem; }
.scale input:checked + span { background: #16202c; border-color: #16202c; color: #fff; }
.scale input:focus-visible + span { outline: 3px solid #0b4f9e; outline-offset: 2px; }
.scale .ends { display: flex; justify-content: space-between; gap: 1rem; color: var(--soft); font-size: .875rem; }
@media (max-width: 34rem) { .scale .many + .ends { display: none; } }
.survey .field { display: block; margin: 1rem 0; } .survey .field > input, .survey textarea { display: block; width: 100%; font: inherit; padding: .5rem; margin-top: .25rem; }
.survey .check { display: flex; gap: .75rem; align-items: center; min-height: 3rem; } .survey .check input { width: 1.5rem; height: 1.5rem; }
.survey button { font: inherit; font-weight: 700; min-height: 3rem; padding: .5rem 1.5rem; }
`;
