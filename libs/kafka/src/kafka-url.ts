/** Where a cluster is and how to get in. */
export interface ClusterAddress {
  readonly brokers: readonly string[];
  readonly tls: boolean;
  readonly login: { readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; readonly username: string; readonly password: string } | null;
}

const URL_PATTERN = /^kafka(\+tls)?:\/\/(?:([^:@/]+):([^@/]+)@)?([^@/?]+)\/?(?:\?sasl=(plain|scram-sha-256|scram-sha-512))?$/;
const BROKER = /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):\d{1,5}$/;

/** `kafka://host:port,host:port`, `kafka+tls://user:password@host:port?sasl=scram-sha-512`; null when it is neither. */
export function parseKafkaUrl(text: string): ClusterAddress | null {
  const [, tls, username, password, hosts, mechanism = 'scram-sha-512'] = URL_PATTERN.exec(text) ?? [];
  const brokers = hosts?.split(',') ?? [];
  if (brokers.length === 0 || !brokers.every((broker) => BROKER.test(broker))) return null;
  const login = username && password ? { mechanism: mechanism as 'plain', username: decodeURIComponent(username), password: decodeURIComponent(password) } : null;
  return { brokers, tls: tls !== undefined, login };
}
