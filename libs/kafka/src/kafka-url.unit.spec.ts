import { describe, expect, it } from '@jest/globals';
import { parseKafkaUrl } from './kafka-url.js';

describe('The address of a Kafka cluster', () => {
  it('names brokers, and where wanted TLS and a login', () => {
    expect(parseKafkaUrl('kafka://127.0.0.1:9092')).toEqual({ brokers: ['127.0.0.1:9092'], tls: false, login: null });
    expect(parseKafkaUrl('kafka+tls://app:p%40ss@a.example:9093,b.example:9093?sasl=plain'))
      .toEqual({ brokers: ['a.example:9093', 'b.example:9093'], tls: true, login: { mechanism: 'plain', username: 'app', password: 'p@ss' } });
    expect(parseKafkaUrl('kafka+tls://app:secret@[::1]:9093')?.login?.mechanism).toBe('scram-sha-512');
  });

  it.each(['', 'kafka://', 'kafka://host', 'http://host:9092', 'kafka://a:1,,b:2', 'kafka://a:1?sasl=gssapi', 'kafka://user@a:1'])('is not: %s', (text) => {
    expect(parseKafkaUrl(text)).toBeNull();
  });
});
