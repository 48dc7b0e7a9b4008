import { QueryRefused } from './reading.js';

const NAMED = 20;

/** "No theme zzz; there are: mobile, printing." A figure of nothing would be taken for one that was measured. @throws QueryRefused unless the part is one of those that there are */
export function assertPart(parameter: string, asked: string, known: readonly string[], what = parameter): void {
  if (known.includes(asked)) return;
  const names = known.slice(0, NAMED).join(', ') + (known.length > NAMED ? ` and ${known.length - NAMED} more` : '');
  throw new QueryRefused('part-unknown', `There is no ${what} ${JSON.stringify(asked)}; ${known.length === 0 ? 'none is known yet' : `there are: ${names}`}.`, parameter);
}
