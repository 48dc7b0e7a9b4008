import type { JourneyGrouping } from '#insight';
import type { JourneyMap } from '#journey';
import { assertPart } from '../part-unknown.js';
import { QueryRefused } from '../reading.js';
import type { JourneyFigure } from './explain.js';

interface Asked { readonly explain: JourneyFigure | undefined; readonly key: string | undefined; readonly by: JourneyGrouping | undefined }

/** Figures that are of all where no key says of what. */
const OF_ALL: readonly JourneyFigure[] = ['touch', 'moment', 'renewal', 'time-to-value', 'group'];

/** Of a quarter or a group it is known only once journeys are. @throws QueryRefused for a key of nothing, and one that is missing */
export function assertKey(map: JourneyMap, { explain, key, by }: Asked): void {
  if (explain === 'group' && by === undefined) throw new QueryRefused('invalid-parameter', 'group needs by, which says by what customers are told apart.', 'by');
  if (key === undefined) {
    if (explain === undefined || OF_ALL.includes(explain)) return;
    throw new QueryRefused('invalid-parameter', `${explain} needs a key that says of what, such as ${exampleOf(map, explain)}.`, 'key');
  }
  if (explain === undefined) throw new QueryRefused('invalid-parameter', 'key says of what, and needs explain, which says which figure.', 'key');
  const stages = map.stages.map(({ stage }) => stage);
  switch (explain) {
    case 'stage': case 'dwell': return assertPart('key', key, stages, 'stage');
    case 'touch': return assertPart('key', key, map.stages.flatMap(({ stage, touches = [] }) => touches.map(({ touch }) => `${stage}/${touch}`)), 'touch');
    case 'moment': case 'renewal': return assertPart('key', key, map.moments.map(({ moment }) => moment), 'moment');
    case 'transition': return assertWay(key, /^([^>]+)>([^>]*)$/.exec(key), stages, exampleOf(map, explain));
    case 'path': return assertWay(key, /^(?:churned|renewed):(.*)$/.exec(key), stages, exampleOf(map, explain));
  }
}

/** A way that nobody went is one of which nothing is to be told; a stage in it that there is not is a mistake. */
function assertWay(key: string, parts: RegExpExecArray | null, stages: readonly string[], example: string): void {
  if (parts === null) throw new QueryRefused('invalid-parameter', `key must be like ${example}, not ${JSON.stringify(key)}.`, 'key');
  for (const stage of parts.slice(1).flatMap((part) => part.split('>')).filter((part) => part !== '')) assertPart('key', stage, stages, 'stage');
}

function exampleOf({ stages: [first, second = first] }: JourneyMap, figure: JourneyFigure): string {
  const way = `${first!.stage}>${second!.stage}`;
  return figure === 'transition' ? way : figure === 'path' ? `churned:${way}` : first!.stage;
}
