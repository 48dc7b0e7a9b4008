import { expect, it } from '@jest/globals';
import { html } from './html.js';
import { withJumps } from './jumps.js';

it('lists the sections of a page below its form, each leading to its heading, and leaves other headings alone', () => {
  const { text } = withJumps(html`<h1>Demand</h1><form><button>Show</button></form><h2>What they ask for</h2><h3>Used</h3><h2 id="own">Own</h2><h2>${'Costs & gains'}</h2>`);
  expect(text).toBe('<h1>Demand</h1><form><button>Show</button></form>\n<nav aria-label="On this page"><ul class="chips"><li><a href="#what-they-ask-for">What they ask for</a></li><li><a href="#costs-amp-gains">Costs &amp; gains</a></li></ul></nav>'
    + '<h2 id="what-they-ask-for">What they ask for</h2><h3>Used</h3><h2 id="own">Own</h2><h2 id="costs-amp-gains">Costs &amp; gains</h2>');
});

it('lists nothing where there is one section', () => {
  expect(withJumps(html`<h1>A</h1><h2>One</h2>`).text).toBe('<h1>A</h1><h2>One</h2>');
});
