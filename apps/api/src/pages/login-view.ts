import { html, type Html } from './html.js';
import { layout } from './layout.js';

/** Asks for a key; `next` is where to go on to. */
export function loginPage(next: string, complaint?: string): Html {
  return layout({
    title: 'Sign in', caller: null,
    body: html`<h1>Sign in</h1>
${complaint ? html`<p class="notice" role="alert">${complaint}</p>` : null}
<form class="login" method="post" action="/login"><input type="hidden" name="next" value="${next}">
<label>Your API key<input name="key" type="password" autocomplete="current-password" required autofocus></label><button>Sign in</button></form>
<p class="muted">Keys look like tl_… and come from an administrator. The very first one is printed by <code>npm start</code>, or made with <code>--first-key</code>.</p>`,
  });
}
