import type { Chance } from '../chance.js';

export type Tone = 'glad' | 'so-so' | 'harsh';

const users: Record<Tone, readonly string[]> = {
  glad: [
    'Quick and friendly.', 'Solved while I was still explaining it.', 'Selma knew at once what it was.', 'Rang me back within minutes.', 'Could work again before lunch.', 'Best support I have had in a long time.',
    'Patient with somebody who does not know the words.', 'Did not just fix it but told me why.', 'Came by in person, great.', 'No forms, no waiting. Thank you!', 'Perfect, as always.', 'Thumbs up for the night shift.',
  ],
  'so-so': [
    'Fine in the end.', 'Solved, but I had to explain it three times.', 'Friendly. Could be faster.', 'It works, I still do not know what it was.', 'Waited a day for a first answer.', 'OK.',
    'The portal asks for too much.', 'Good people, slow system.', 'I would have liked a call instead of six mails.', 'Mostly solved.',
  ],
  harsh: [
    'Three days without a word.', 'Marked as solved. It is not solved.', 'I was passed on four times.', 'Nobody reads what I write.', 'We keep a list of workarounds now instead of calling you.',
    'Colleagues have stopped reporting things.', 'Same fault, fourth ticket.', 'An answer from a machine and then silence.', 'I missed my deadline because of this.', 'Sorry, but this was useless.',
  ],
};

const payers: Record<Tone, readonly string[]> = {
  glad: [
    'You make IT boring, and I mean that as praise.', 'Reliable and easy to talk to.', 'The review in spring convinced our board.', 'I know whom to ring, and he rings back.', 'Costs what was agreed, works as agreed.',
    'You told us about the problem before we noticed it.', 'Good partner. Keep the same people on our account, please.',
  ],
  'so-so': [
    'Decent, but I could not say what we got for the last increase.', 'Service good, invoices hard to read.', 'I hear from you when the renewal is near.', 'No complaints, no enthusiasm.', 'Would like figures that fit our own.',
  ],
  harsh: [
    'Our people complain and your report is green.', 'Too expensive for what arrives here.', 'We have asked others for an offer.', 'Promised in March, still not there.', 'Nobody from your side has been here in a year.', 'I had to explain your outage to our board. Without you.',
  ],
};

/** What somebody writes with an answer; sometimes two sentences. */
export function verbatim(tone: Tone, role: 'user' | 'payer', chance: Chance): string {
  const pool = (role === 'user' ? users : payers)[tone];
  const text = chance.pick(pool);
  const more = chance.yes(0.25) ? chance.pick(pool) : text;
  return more === text ? text : `${text} ${more}`;
}
