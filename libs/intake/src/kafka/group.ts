/** Every process that reads a topic belongs to its group; its members share the partitions. `first`: of a group that reads by itself. */
export const groupOf = (topic: string, first = 'touchline-in'): string => `${first}.${topic}`;
