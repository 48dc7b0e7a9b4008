import type { JourneyCondition } from '#journey';

/** "Not measured: needs sale.won or subscription.started." */
export const needs = (types: readonly string[], more = ''): string => `Not measured: needs ${[types.slice(0, -1).join(', '), types.at(-1)].filter((part) => part).join(' or ')}${more}.`;

export const typesIn = (conditions: readonly JourneyCondition[]): string[] => [...new Set(conditions.map(({ type }) => type))];
