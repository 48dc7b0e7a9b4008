import { type Content, html, type Html } from '../pages/html.js';
import { STYLESHEET_PATH } from '../pages/stylesheet.js';
import type { AskedSurvey } from './asked-survey.js';

/** What was sent and could not be taken, with what is wrong. */
interface Refused { readonly complaint: string; readonly lostMinutes: string }

/** The page behind a link, whatever it has come to. `score`: chosen beforehand by the link that was followed; it counts only when it is sent. */
export function surveyPage(asked: AskedSurvey, path: string, score: string | undefined, refused?: Refused): Html {
  const { step, instrument } = asked;
  switch (step) {
    case 'ask': return page(instrument.question, question(asked, path, score, refused));
    case 'thanks': return page('Thank you', thanks(asked, path));
    case 'done': return page('Thank you', html`<h1>Thank you</h1><p>Your answer and your words have been recorded.</p>`);
    case 'used': return page('Answered', html`<h1>This link was used</h1><p>The question was answered already. Thank you.</p>`);
    case 'over': return page('Too late', html`<h1>This question is closed</h1><p>The time to answer it is over. Thank you all the same.</p>`);
  }
}

/** What a link leads to that is none of ours. */
export const noSuchSurvey = (): Html => page('Not found', html`<h1>There is nothing here</h1><p>The link may have been cut off on its way. Open it once more from the mail, as a whole.</p>`);

function question({ claim, request, instrument: { question: asks, min, max, worst, best, asksLostTime } }: AskedSurvey, path: string, score: string | undefined, refused?: Refused): Content {
  const scores = Array.from({ length: max - min + 1 }, (_, place) => min + place);
  const meaning = (value: number) => (value === min ? html`<span class="hidden"> ${worst}</span>` : value === max ? html`<span class="hidden"> ${best}</span>` : null);
  const { ticket } = request.data;
  return html`<h1 id="question">${asks}</h1>
<p>Asked by ${claim.tenant}${typeof ticket === 'string' ? `, about your request ${ticket}` : null}.</p>
${refused ? html`<p class="notice" role="alert" id="wrong">${refused.complaint}</p>` : null}
<form method="post" action="${path}">
<fieldset class="scale"><legend>From ${min}, ${lower(worst)}, to ${max}, ${lower(best)}</legend>
<div class="${scores.length <= 5 ? 'few' : 'many'}">${scores.map((value) => html`<label><input type="radio" name="score" value="${value}" required${score === String(value) ? html` checked` : null}><span>${value}${meaning(value)}</span></label>`)}</div>
<p class="ends" aria-hidden="true"><span>${worst}</span><span>${best}</span></p></fieldset>
${asksLostTime ? html`<label class="field">Minutes of work that you lost by it, about (may be left out)<input name="lostMinutes" inputmode="numeric" pattern="[0-9]{1,6}" maxlength="6" value="${refused?.lostMinutes ?? ''}"></label>` : null}
<button>Send the answer</button></form>`;
}

function thanks({ instrument: { commentPrompt, min, max }, answer }: AskedSurvey, path: string): Content {
  return html`<h1>Thank you</h1>
<p role="status">Your answer has been recorded: ${Number(answer?.data['score'])}, on a scale from ${min} to ${max}.</p>
<form method="post" action="${path}/comment">
<label class="field">${commentPrompt} (may be left out)<textarea name="comment" rows="5" maxlength="10000"></textarea></label>
<label class="check"><input type="checkbox" name="contact" value="yes"> Please contact me about it</label>
<button>Send</button></form>`;
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function page(title: string, body: Content): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${STYLESHEET_PATH}">
</head>
<body class="survey">
<main id="main">
${body}
</main>
</body>
</html>
`;
}
