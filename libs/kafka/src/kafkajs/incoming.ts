import type { KafkaMessage } from 'kafkajs';
import type { Incoming } from '../port.js';

export function incoming(topic: string, partition: number, { offset, key, value, headers = {}, timestamp }: KafkaMessage): Incoming {
  const last = Object.entries(headers as Record<string, Buffer | string | (Buffer | string)[] | undefined>).flatMap(([name, header]) => {
    const one = Array.isArray(header) ? header.at(-1) : header;
    return one === undefined || one === null ? [] : [[name, Buffer.from(one as string)] as const];
  });
  return { topic, partition, offset: BigInt(offset), key, value, headers: Object.fromEntries(last), timestamp: new Date(Number(timestamp)) };
}
