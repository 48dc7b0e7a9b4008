import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../access/api-keys.js';
import type { ApiProblem } from '../problems/api-problem.js';
import { kindOf } from '../problems/problem-codes.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';
import { asPage } from './page.interceptor.js';

type Asked = Pick<FastifyRequest, 'method' | 'url' | 'headers' | 'id'> & { readonly caller?: Caller };

/** True for who opens addresses to read them; programs ask for JSON or do not say. */
export const isBrowser = ({ headers }: Pick<Asked, 'headers'>) => (headers.accept ?? '').startsWith('text/html');

/** True for a browser outside of the API; programs get problems as JSON. */
export const wantsPage = ({ url, headers }: Asked) => isBrowser({ headers }) && !/^\/v\d+\//.test(url);

/** Answers a browser: with the login when nobody has signed in, else with a page that says what went wrong. */
export function answerWithPage(problem: ApiProblem, request: Asked, reply: FastifyReply): void {
  if (problem.status === 401) {
    const next = request.method === 'GET' && request.url !== '/' ? `?${new URLSearchParams({ next: request.url }).toString()}` : '';
    void reply.code(303).header('location', `/login${next}`).send();
    return;
  }
  void reply.code(problem.status).headers({ ...problem.extras.headers }).send(asPage(reply, errorPage(problem, request)));
}

export function errorPage(problem: ApiProblem, { id, caller }: Pick<Asked, 'id' | 'caller'>): Html {
  const title = problem.code === 'invalid-body' ? 'Something in the form is not as it must be' : kindOf(problem.code).title;
  const flaws = (problem.extras.errors ?? []).filter(({ detail }) => !problem.detail.includes(detail));
  const body = html`<h1>${title}</h1>
<p>${sayOf(problem)}</p>
${flaws.length === 0 ? null : html`<ul>${flaws.map(({ detail }) => html`<li>${detail}</li>`)}</ul>`}
<p>${problem.status === 403 ? html`<a href="/login">Sign in with another key</a>, or ask an administrator.` : html`Go back and try again, or go to <a href="/">today's list</a> or <a href="/customers">the customers</a>.`}</p>
<p class="muted">Request ${id}</p>`;
  return layout({ title, caller: caller ?? null, body });
}

function sayOf({ code, detail }: ApiProblem): string {
  if (code === 'not-found') return 'There is no such page or customer. It may have been written differently; look the customer up by name.';
  return code === 'customer-unknown' ? `${detail} It may have been written differently; look the customer up by name.` : detail;
}
