import type { FastifyInstance } from 'fastify';
import { ApiProblem } from '../problems/api-problem.js';

interface KnownPath {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** A path that exists tells which methods it answers, to OPTIONS and to any other method that it does not; other paths are not found. */
export function refuseUnknownRoutes(server: FastifyInstance): void {
  const paths = new Map<string, KnownPath>();
  server.addHook('onRoute', ({ url, method }) => {
    const known = paths.get(url) ?? { pattern: new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`), methods: new Set(['OPTIONS']) };
    for (const each of [method].flat()) known.methods.add(each);
    paths.set(url, known);
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const path = request.url.split('?', 1)[0]!;
    const methods = [...new Set([...paths.values()].filter(({ pattern }) => pattern.test(path)).flatMap((known) => [...known.methods]))].sort();
    if (methods.length === 0) return done(new ApiProblem('not-found', 'No route has this path.'));
    const allow = methods.join(', ');
    if (request.method !== 'OPTIONS') return done(new ApiProblem('method-not-allowed', `This path answers ${allow}.`, { headers: { allow } }));
    void reply.code(204).header('allow', allow).send();
  });
}
