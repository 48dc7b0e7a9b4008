import { familyOf } from '#journey';
import type { Outgoing } from '#kafka';
import type { PublicEvent } from '../public-event/public-event.js';

/** A fact as a record, by the Kafka protocol binding of CloudEvents 1.0; its customer is the key, so that what concerns one customer stays in order. */
export function outRecord(topic: string, event: PublicEvent, mode: 'binary' | 'structured'): Outgoing {
  const { data, ...attributes } = event;
  const also = { family: familyOf(event.type), type: event.type };
  if (mode === 'structured') return { topic, key: event.partitionkey, value: JSON.stringify(event), headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8', ...also } };
  const { datacontenttype, ...others } = attributes;
  const headers = Object.fromEntries(Object.entries(others).map(([name, value]) => [`ce_${name}`, String(value)]));
  return { topic, key: event.partitionkey, value: JSON.stringify(data), headers: { 'content-type': datacontenttype, ...headers, ...also } };
}
