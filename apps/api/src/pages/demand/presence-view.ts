import type { PresenceAnswer } from '#read-model';
import { html, type Html } from '../html.js';
import { plural } from '../words.js';
import { lines, linkTo, unmeasured, yearly } from './parts.js';

const PATH = '/v1/demand/presence';
type Listed = PresenceAnswer['quiet'];

export function presenceView({ notMeasured, days, sponsorDays, quiet, quietRoles, sponsors, neverVisited, channels, policy }: PresenceAnswer): Html {
  return html`${notMeasured.map(unmeasured)}
${listView(`Quiet: no talk, no feedback, no use in ${days} days`, quiet)}
${listView(`Payers not spoken with in ${days} days`, quietRoles.payer)}${listView(`Users not spoken with in ${days} days`, quietRoles.user)}
<p>A live sponsor: ${plural(sponsors.live, 'customer')}.</p>
${listView('The sponsor has left', sponsors.left)}${listView(`The sponsor was not met in ${sponsorDays} days`, sponsors.notMet)}${listView('Nobody was ever named as sponsor', sponsors.never)}
${listView('Never visited', neverVisited)}
<p>How they were met within ${days} days: ${channels.length === 0 ? 'not at all' : channels.map(({ channel, touches, twoWay }) => `${channel.replaceAll('-', ' ')} ${touches} (${twoWay} in both directions)`).join(', ')}.</p><p class="muted">${policy}</p>`;
}

function listView(title: string, { accounts, arr, items }: Listed): Html {
  return html`<h3>${title}: ${accounts}</h3>${accounts > 0 ? html`<p>They pay ${yearly(arr)}.</p>` : null}${lines(items, accounts, ({ customer, talk, usage }) => html`<span>${linkTo(customer)}</span> <span>last talk ${talk ? `${plural(talk.days, 'day')} ago` : 'never'}, last use ${usage ? `${plural(usage.days, 'day')} ago` : 'never'}; ${yearly(customer.arr)}</span>`, PATH)}`;
}
