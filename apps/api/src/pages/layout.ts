import type { Caller } from '../access/api-keys.js';
import { type Content, html, type Html } from './html.js';
import { STYLESHEET_PATH } from './stylesheet.js';

export interface PageParts {
  readonly title: string;
  /** Null where nobody is known to have signed in. */
  readonly caller: Caller | null;
  /** Address of the part of the site that the page belongs to. */
  readonly at?: string;
  readonly body: Content;
}

const PARTS = [
  ['/', 'Today'],
  ['/customers', 'Customers'],
  ['/portfolio', 'Portfolio'],
  ['/recoveries', 'Recoveries'],
  ['/answers', 'Answers'],
  ['/experience', 'Experience'],
  ['/demand', 'Demand'],
  ['/journey', 'Journey'],
  ['/revenue', 'Revenue'],
  ['/economics', 'Economics'],
  ['/reports', 'Report'],
] as const;

/** A line that is touched: written into the page, so that no browser asks for /favicon.ico in vain. */
const ICON = 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E%3Crect width=%2216%22 height=%2216%22 rx=%223%22 fill=%22%2316202c%22/%3E%3Ccircle cx=%228%22 cy=%228%22 r=%224%22 fill=%22%23fff%22/%3E%3C/svg%3E';

/** A whole page; its body starts with the h1. */
export function layout({ title, caller, at, body }: PageParts): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="same-origin">
<title>${title} · Touchline</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="${STYLESHEET_PATH}">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="/">Touchline</a>
<nav aria-label="Main">${PARTS.map(([href, words]) => html`<a href="${href}"${at === href ? html` aria-current="page"` : null}>${words}</a>`)}</nav>
${caller ? html`<form class="who" method="post" action="/logout"><span>${caller.actor.id} (${caller.role})</span> <button class="quiet">Sign out</button></form>` : null}
</header>
<main id="main" tabindex="-1">
${body}
</main>
</body>
</html>
`;
}

/** Says that there is nothing, and what to do about it. */
export const empty = (says: string, todo: Content): Html => html`<div class="empty"><p><strong>${says}</strong></p><p>${todo}</p></div>`;
