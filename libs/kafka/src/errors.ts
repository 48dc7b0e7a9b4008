/** The cluster did not answer, or refused. Worth another attempt. */
export class KafkaUnavailable extends Error {
  override readonly name = 'KafkaUnavailable';
}

/** Another writer has taken over this one's transactional id. */
export class WriterFenced extends Error {
  override readonly name = 'WriterFenced';
}
