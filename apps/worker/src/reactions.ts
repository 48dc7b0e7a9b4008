import { type Answer, beginListening, type Database, openEventStore, type OpenedStore, type Reaction, type WhereTheLogIs } from '#event-store';
import { askingAfterFacts, askingByCalendar, askingEnds, linkInitiatives, linkOutages, playbooks, recoveryReaction, validateData } from '#intake';
import { findType } from '#journey';
import { deliverSurveys, smtpMailer, webhookPoster } from '#outbound';
import { morningMails } from './morning-mail/morning-mail.js';
import { publishOnSchedule } from './report-schedule/publish-on-schedule.js';
import { tellOfReports } from './report-schedule/tell-of-reports.js';

/** What reactions need of the world outside. */
export interface Outside {
  /** Address of the pages as people reach them; without it nobody can be asked, and surveys wait. Facts that are told to others name their schema by it. */
  readonly publicUrl?: string | undefined;
  /** In its place for links in mails only: where the pages are on this machine. What others are told is the same for ever, and may not lead there. */
  readonly localUrl?: string | undefined;
  /** Without both mails wait. */
  readonly smtpUrl?: string | undefined;
  readonly mailFrom?: string | undefined;
  readonly privateWebhooks?: boolean;
  /** Where Kafka is, as KAFKA_URL says it; without it nothing is read from there or sent there. */
  readonly kafkaUrl?: string | undefined;
}

/** Every process that answers facts with facts. */
export function reactions({ localUrl, publicUrl = localUrl, smtpUrl, mailFrom, privateWebhooks = false }: Outside, inside: { readonly reader: Database; readonly worker: Database; readonly store: OpenedStore }, warn: (message: string, error: unknown) => void): Reaction[] {
  const mailer = smtpUrl && mailFrom ? smtpMailer({ smtpUrl, from: mailFrom }) : null;
  return [
    recoveryReaction, playbooks, linkOutages, linkInitiatives,
    askingAfterFacts, askingByCalendar, askingEnds, deliverSurveys({ mailer, post: webhookPoster({ allowPrivate: privateWebhooks }), publicUrl, warn }),
    morningMails({ ...inside, send: mailer, publicUrl }), publishOnSchedule(inside), tellOfReports({ ...inside, send: mailer, publicUrl }),
  ];
}

/** Lets reactions hear of what is recorded from now on, before any worker runs. */
export async function beginReactions(worker: Database, where: WhereTheLogIs = {}): Promise<void> {
  const store = openEventStore(worker, where);
  try {
    await beginListening(worker, store, reactions({}, { reader: worker, worker, store }, () => undefined));
  } finally {
    await store.close();
  }
}

/** @throws Error where a fact of ours does not fit the schema of its type */
export function checkAnswer({ type, data }: Answer): void {
  const known = findType(type);
  if (!known) throw new Error(`No type of fact is called ${type}`);
  const problem = validateData(type, known.version, data, '/data', 5);
  if (problem) throw new Error(`${type} ${(problem.errors ?? [problem]).map(({ pointer, detail }) => `${pointer}: ${detail}`).join(' ')}`);
}
