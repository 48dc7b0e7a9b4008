import { chanceOf } from './chance.js';
import type { DemoCustomer } from './customers.js';

/** A person of the demo. All are invented. */
export interface Person {
  readonly ref: { readonly system: 'crm'; readonly id: string };
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly title: string;
  readonly role: 'payer' | 'user' | 'both';
  readonly sponsor: boolean;
}

export interface People {
  readonly all: readonly Person[];
  /** Whoever decides on the money, also those who use the service too; and those who only use it. */
  readonly payers: readonly Person[];
  readonly users: readonly Person[];
  readonly sponsor: Person;
}

const first = ['Ada', 'Bela', 'Carla', 'Dario', 'Edda', 'Finn', 'Greta', 'Hakan', 'Ines', 'Jorin', 'Katja', 'Levin', 'Mina', 'Nuri', 'Oda', 'Pelle', 'Rika', 'Selim', 'Thea', 'Ugo', 'Vera', 'Wim', 'Yara', 'Zeno', 'Anouk', 'Bruno', 'Derya', 'Emil', 'Freya', 'Gero', 'Hanne', 'Ilya', 'Jette', 'Kenan', 'Lotte', 'Milan'];
const last = ['Abendrot', 'Birnbaum', 'Clasholm', 'Distelkamp', 'Eulenfeld', 'Fuchsbau', 'Grashoff', 'Haselmann', 'Immergrün', 'Jagdstein', 'Kieselbach', 'Lindwurm', 'Morgentau', 'Nachtigall', 'Ofenrohr', 'Pfeffer', 'Quendel', 'Rabenau', 'Silberpfennig', 'Tannhorst', 'Uferloh', 'Vogelsang', 'Windhauch', 'Zaunkoenig', 'Apfelgruen', 'Brettschneid', 'Dornbusch', 'Erlenkoetter', 'Federspiel', 'Goldammer'];

const casts: Record<DemoCustomer['segment'], readonly (readonly [title: string, role: Person['role'], sponsor: boolean])[]> = {
  small: [['Managing director', 'both', true], ['Office manager', 'user', false]],
  'mid-market': [['Head of finance', 'payer', false], ['Head of IT', 'both', true], ['Team lead', 'user', false], ['Service coordinator', 'user', false]],
  enterprise: [['Chief financial officer', 'payer', false], ['Chief information officer', 'both', true], ['Head of purchasing', 'payer', false], ['Head of workplace', 'user', false], ['Site lead', 'user', false], ['Key user', 'user', false]],
};

/** Who is who at a customer; always the same for the same seed. */
export function peopleOf(customer: Pick<DemoCustomer, 'id' | 'name' | 'segment'>, seed: number): People {
  const chance = chanceOf(seed, customer.id, 'people');
  const domain = `${customer.name.toLowerCase().replace(/[^a-z]+/g, '-').replace(/^-|-$/g, '')}.example`;
  const person = (index: number, title: string, role: Person['role'], sponsor: boolean): Person => {
    const [given, family] = [chance.pick(first), chance.pick(last)];
    return {
      ref: { system: 'crm', id: `P-${customer.id.slice(2)}-${index + 1}` }, name: `${given} ${family}`, title, role, sponsor,
      email: `${given}.${family}@${domain}`.toLowerCase().replace('ü', 'ue'), phone: `+49 30 5550 ${chance.int(1000, 9999)}`,
    };
  };
  const all = casts[customer.segment].map(([title, role, sponsor], index) => person(index, title, role, sponsor));
  return { all, payers: all.filter(({ role }) => role !== 'user'), users: all.filter(({ role }) => role === 'user'), sponsor: all.find((one) => one.sponsor)! };
}
