import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unseal } from '#event-store';
import type { Actor } from '#journey';
import type { Intake } from '../intake.js';
import { Problem } from '../refusals.js';
import { event, openIntake, tenant } from '../testing/open-intake.js';
import type { Certificate, Erased } from './certificate.js';
import { eraseContact, getErasure, listErasures } from './erase-contact.js';
import { readMentions } from './mentions.js';

let house: Awaited<ReturnType<typeof openIntake>>;
beforeAll(async () => { house = await openIntake(); });
afterAll(() => house.close());

const mara: Actor = { kind: 'person', id: 'mara' };
const why = { reason: 'asked-by-person', reference: 'DSR-2026-7' };
const erase = (contact: string, intake: Intake = house.intake, actor = mara, reason: { reason: string; reference?: string } = why) => eraseContact(intake, { tenant, contact, why: reason, actor });
const certificate = async (...args: Parameters<typeof erase>): Promise<Certificate> => {
  const outcome = await erase(...args);
  if (outcome instanceof Problem) throw new Error(outcome.detail);
  return outcome;
};
const readBy = async (intake: Intake, customer: string) => {
  const facts = await house.stream(customer);
  return JSON.stringify(await house.worker.inTenant(tenant, (sql) => unseal(intake.keys, sql, tenant, facts)));
};
const certificates = async (customer: string) => (await house.stream(customer)).filter(({ type }) => type === 'contact.erased');
const added = (contact: unknown, customer: string, changes = {}) => event('contact.added', { contact, name: 'Ines Vogt', phone: '0815', role: 'payer', ...changes }, { customer });

describe('A person who is erased', () => {
  it('cannot be read any more by anybody, in the facts of every customer who knew them, while others stay', async () => {
    const ines = { system: 'crm', id: 'P-1' };
    const answer = { survey: 'V-1', instrument: { kind: 'csat', min: 1, max: 5 }, score: 2, contact: ines, verbatim: 'Ines says no' };
    const first = event('survey.responded', answer, { customer: 'north' });
    await house.record([
      added(ines, 'north'), first, event('record.amended', { event: { source: first.source, id: first.id }, data: { ...answer, verbatim: 'Ines says never' }, reason: 'Typing' }, { customer: 'north' }),
      event('contact.left', { contact: ines }, { customer: 'south' }), added('otto', 'north', { name: 'Otto Kern', email: 'otto@kern.example' }), event('ticket.escalated', { ticket: 'T-1', reason: 'Board asked' }, { customer: 'north' }),
    ]);
    const elsewhere = house.anotherProcess();
    expect(await readBy(house.intake, 'north')).toContain('Ines says never');
    const before = await house.store.head();
    const made = await certificate('crm:P-1');
    for (const ring of [house.intake, elsewhere]) {
      const text = await readBy(ring, 'north');
      expect(text).not.toMatch(/Ines|nordlicht/);
      expect(text).toMatch(/Otto Kern.*Board asked/);
    }
    const customers = [{ customer: 'north', facts: 3, fields: 4 }, { customer: 'south', facts: 0, fields: 0 }];
    expect(made).toMatchObject({ ...why, keys: [expect.stringMatching(/^[0-9a-f-]{36}$/)], actor: mara, facts: 3, fields: 4, upTo: before, customers });
    for (const { customer, facts, fields } of customers) {
      const { contact, keys, upTo } = made;
      expect(await certificates(customer)).toMatchObject([{ occurredAt: made.erasedAt, actor: mara, data: { contact, keys, upTo, facts, fields, ...why } }]);
    }
    expect(await getErasure(elsewhere, tenant, made.contact)).toEqual(made);
    expect(await listErasures(elsewhere, tenant)).toContainEqual({ contact: made.contact, erasedAt: made.erasedAt, ...why, certified: true });
    expect(await getErasure(elsewhere, 'other', made.contact)).toBeNull();
  });

  it('is erased once: whoever asks again gets the first certificate, and what is told later cannot be read either', async () => {
    await house.record([added('again', 'east')]);
    const made = await certificate('again');
    await house.record([added('again', 'east', { name: 'Ines Later' }), added('again', 'west', { name: 'Ines Later' })]);
    expect(await certificate('again', house.anotherProcess(), { kind: 'person', id: 'otto' }, { reason: 'other' })).toEqual(made);
    expect(await certificates('east')).toHaveLength(1);
    for (const customer of ['east', 'west']) expect(await readBy(house.intake, customer)).not.toContain('Ines');
  });

  it.each([['an e-mail address', 'anna@nordlicht.example', 'Anna@Nordlicht.example'], ['an id of another system', { system: 'crm', id: 'P-7' }, 'crm:P-7'], ['our id', 'p.7', 'p.7'], ['our id with a colon', 'sap:7', 'sap:7']])(
    'is found by %s', async (_, contact, text) => {
      await house.record([event('ticket.replied', { ticket: 'T-1', by: 'customer', contact, text: `Anna wrote` }, { customer: 'found' })]);
      expect(await certificate(text)).toMatchObject({ facts: 1, fields: 1, customers: [{ customer: 'found' }] });
    });

  it('has never to have said anything: what comes later is unreadable from the first word', async () => {
    await house.record([event('contact.left', { contact: 'silent' }, { customer: 'quiet' })]);
    expect(await certificate('silent')).toMatchObject({ facts: 0, fields: 0, customers: [{ customer: 'quiet', facts: 0, fields: 0 }] });
    await house.record([added('silent', 'quiet')]);
    expect(await readBy(house.anotherProcess(), 'quiet')).not.toContain('Ines');
  });

  it('must be named by a fact of this tenant; asking for others writes nothing', async () => {
    await house.record([added('of-other', 'c')], { tenant: 'other' });
    const count = () => house.worker.transaction((sql) => sql.query('select (select count(*) from erasure) as e, (select count(*) from subject_key) as k'));
    const before = await count();
    for (const text of ['nobody', 'of-other', 'crm:nobody', 'nobody@nordlicht.example', '', 'a\0b', 'T-1', 'no id at all']) expect(await erase(text)).toMatchObject({ code: 'contact-unknown' });
    expect(await count()).toEqual(before);
  });

  it('has a certificate that cannot be taken back or amended, or sent by anybody', async () => {
    await house.record([added('stays', 'stone')]);
    await certificate('stays');
    const [fact] = await certificates('stone');
    const ref = { source: fact!.source, id: fact!.id };
    expect(await house.record([
      event('record.retracted', { events: [ref], reason: 'no' }, { customer: 'stone' }), event('record.amended', { event: ref, data: fact!.data, reason: 'no' }, { customer: 'stone' }), event('contact.erased', fact!.data, { customer: 'stone' }),
    ])).toMatchObject([{ problem: { code: 'not-amendable' } }, { problem: { code: 'not-amendable' } }, { problem: { code: 'type-internal' } }]);
  });
});

describe('A person and an e-mail address that facts gave of them', () => {
  const known = (contact: unknown, customer: string, email: string) => added(contact, customer, { name: `Name of ${email}`, email });
  const said = (contact: unknown, customer: string) => event('ticket.replied', { ticket: 'T-1', by: 'customer', contact, text: 'Said by them' }, { customer });
  const erased = async (text: string, intake: Intake = house.intake) => certificate(text, intake) as Promise<Erased>;

  it('are one person: erased by the address, whoever had it is erased too, also where only a correction gave it', async () => {
    const first = known({ system: 'own', id: 'Z-1' }, 'ada', 'typing@adaworks.example');
    await house.record([first, event('record.amended', { event: { source: first.source, id: first.id }, data: { ...first.data, email: ' Zelda@AdaWorks.example' }, reason: 'Typing' }, { customer: 'ada' }),
      known('z.2', 'bert', 'zelda@adaworks.example'), said('z.2', 'bert'), said('zelda@adaworks.example', 'carl')]);
    const made = await erased('zelda@adaworks.example');
    expect(made).toMatchObject({ customers: [{ customer: 'carl' }], facts: 1 });
    expect(made.together!.flatMap(({ customers }) => customers).map(({ customer }) => customer).sort()).toEqual(['ada', 'bert']);
    expect(made.sharing).toBeUndefined();
    for (const customer of ['ada', 'bert', 'carl']) expect(await readBy(house.anotherProcess(), customer)).not.toMatch(/zelda|typing@|Said/i);
    await house.record([known('z.3', 'dora', 'zelda@adaworks.example')]);
    expect((await erased('zelda@adaworks.example')).together).toMatchObject([{ contact: 'z.3' }]);
    expect(await readBy(house.anotherProcess(), 'dora')).not.toMatch(/zelda/i);
  });

  it('are found where no fact names anybody by the address, and what names them by it later cannot be read', async () => {
    await house.record([known('y.1', 'emil', 'yan@emil.example')]);
    expect(await erased('yan@emil.example')).toMatchObject({ facts: 0, customers: [], together: [{ contact: 'y.1', fields: 3 }] });
    await house.record([said('yan@emil.example', 'emil')]);
    expect(await readBy(house.anotherProcess(), 'emil')).not.toMatch(/yan|Said/);
  });

  it('erased by another name, take along what names them by an address that is theirs alone', async () => {
    await house.record([known({ system: 'own', id: 'X-1' }, 'finn', 'xenia@finn.example'), said('xenia@finn.example', 'gerd')]);
    expect((await erased('own:X-1')).together).toMatchObject([{ customers: [{ customer: 'gerd', facts: 1 }] }]);
    expect(await readBy(house.anotherProcess(), 'gerd')).not.toContain('Said');
  });

  it('where others have the address too, do not take these along, but name them', async () => {
    await house.record([known('w.1', 'hans', 'info@hans.example'), known('w.2', 'hans', 'info@hans.example'), said('info@hans.example', 'hans')]);
    const made = await erased('w.1');
    expect([made.together, made.sharing]).toEqual([undefined, ['w.2']]);
    expect((await readBy(house.anotherProcess(), 'hans')).match(/Name of|Said by them/g)).toEqual(['Name of', 'Said by them']);
  });

  it('are found again when the erasure died between them', async () => {
    await house.record([known('v.1', 'ivan', 'vera@ivan.example'), said('vera@ivan.example', 'ivan')]);
    const dying = house.anotherProcess();
    const { erasures } = dying;
    const destroy = erasures.destroy.bind(erasures);
    erasures.destroy = async (...args) => {
      if (args[1] === 'v.1') throw new Error('killed');
      return destroy(...args);
    };
    await expect(erase('v.1', dying)).rejects.toThrow('killed');
    expect(await readBy(house.anotherProcess(), 'ivan')).not.toContain('Said');
    expect((await erased('v.1')).together).toHaveLength(1);
    expect(await readBy(house.anotherProcess(), 'ivan')).not.toContain('vera');
  });
});

describe('An erasure that is cut short', () => {
  it.each([['after the key was destroyed', 0], ['after one of two certificates was written', 1]])('%s is finished by the next call, with the name of who asked first', async (_, appends) => {
    const contact = `cut-${appends}`;
    await house.record([added(contact, `a-${appends}`), added(contact, `b-${appends}`)]);
    const dying = house.anotherProcess();
    const store = Object.create(house.store) as Intake['store'];
    store.append = async (all) => {
      await house.store.append(all.slice(0, appends));
      throw new Error('killed');
    };
    await expect(erase(contact, Object.assign(Object.create(dying) as Intake, { store }))).rejects.toThrow('killed');
    expect(await readBy(house.anotherProcess(), `a-${appends}`)).not.toContain('Ines');
    await house.record([added(contact, `b-${appends}`)]);
    const made = await certificate(contact, house.intake, { kind: 'person', id: 'second' });
    expect(made).toMatchObject({ actor: mara, facts: 2, fields: 4 });
    for (const customer of [`a-${appends}`, `b-${appends}`]) expect(await certificates(customer)).toMatchObject([{ actor: mara, data: { facts: 1, fields: 2 } }]);
  });

  it('before anything was counted is finished too', async () => {
    await house.record([added('uncounted', 'u')]);
    await house.intake.erasures.destroy(tenant, 'uncounted', why, mara);
    expect(await getErasure(house.intake, tenant, 'uncounted')).toBeNull();
    expect(await certificate('uncounted')).toMatchObject({ facts: 1, fields: 2, customers: [{ customer: 'u' }] });
  });

  it('and taken up by two at once has one certificate: the figures that were noted first', async () => {
    await house.record([added('twice', 't')]);
    const [one, other] = [house.anotherProcess(), house.anotherProcess()];
    const made = await Promise.all([certificate('twice', one), certificate('twice', other, { kind: 'person', id: 'otto' })]);
    expect(made[0]).toEqual(made[1]);
    expect(await certificates('t')).toHaveLength(1);
    await one.erasures.count(tenant, 'twice', '1.1' as Certificate['upTo'], []);
    expect(await getErasure(other, tenant, 'twice')).toEqual(made[0]);
  });

  it('by a key that comes back with an old copy of the keys is done again at the next start, and by the next call', async () => {
    await house.record([added('back', 'old')]);
    const copy = await house.worker.transaction((sql) => sql.query<{ wrapped: Buffer }>(`select wrapped from subject_key where tenant = $1 and subject = 'contact:back'`, [tenant]));
    const restore = () => house.worker.transaction((sql) => sql.query(`update subject_key set wrapped = $2, destroyed_at = null where tenant = $1 and subject = 'contact:back'`, [tenant, copy[0]!.wrapped]));
    const made = await certificate('back');
    await restore();
    expect(await readBy(house.anotherProcess(), 'old')).toContain('Ines');
    expect(await house.anotherProcess().keys.destroyErased()).toBe(1);
    expect(await readBy(house.anotherProcess(), 'old')).not.toContain('Ines');
    await restore();
    expect(await certificate('back')).toEqual(made);
    expect(await readBy(house.anotherProcess(), 'old')).not.toContain('Ines');
  });
});

describe('What became unreadable', () => {
  it('is counted as one would by hand, whatever the facts are', async () => {
    let runs = 0;
    const told = fc.record({ who: fc.constantFrom('x', 'xx', 'y'), customer: fc.constantFrom('c1', 'c2'), kind: fc.constantFrom('added', 'left', 'replied', 'met') });
    await fc.assert(fc.asyncProperty(fc.array(told, { minLength: 1, maxLength: 20 }), async (facts) => {
      const run = ++runs;
      const contact = (who: string) => `${who}.${run}`;
      await house.record(facts.map(({ who, customer, kind }) => {
        const at = { customer: `${customer}-${run}` };
        if (kind === 'added') return event('contact.added', { contact: contact(who), name: 'N', email: 'e@e.example', role: 'user' }, at);
        if (kind === 'left') return event('contact.left', { contact: contact(who) }, at);
        if (kind === 'replied') return event('ticket.replied', { ticket: contact('x'), by: 'customer', contact: contact(who), text: contact('x') }, at);
        return event('engagement.call-held', { twoWay: true, with: [contact(who), 'somebody'], note: 'talked' }, at);
      }));
      const [key] = await house.worker.transaction((sql) => sql.query<{ kid: string }>('select kid::text as kid from subject_key where tenant = $1 and subject = $2', [tenant, `contact:${contact('x')}`]));
      const { customers } = await readMentions(house.store, tenant, contact('x'), key?.kid);
      const mine = facts.filter(({ who }) => who === 'x');
      const sealed = (kind: string) => (kind === 'added' ? 2 : kind === 'left' ? 0 : 1);
      expect([...customers].sort((a, b) => (a.customer < b.customer ? -1 : 1))).toEqual([...new Set(mine.map(({ customer }) => customer))].sort().map((customer) => {
        const own = mine.filter((each) => each.customer === customer);
        return { customer: `${customer}-${run}`, facts: own.filter(({ kind }) => sealed(kind) > 0).length, fields: own.reduce((sum, { kind }) => sum + sealed(kind), 0) };
      }));
    }), { numRuns: 15 });
  });
});
