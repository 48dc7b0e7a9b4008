import { parse } from 'csv-parse/sync';
import type { Table } from '../../../../libs/insight/src/churn/models/table.js';
import { fixtureOf } from './fixture.js';

const NUMBERS = new Set(['SeniorCitizen', 'tenure', 'MonthlyCharges', 'TotalCharges']);

/** IBM's Telco customers: numbers as they are (a blank total is 0), one column of 0 and 1 for every word of every other question. */
export function telcoTable(): Table {
  const customers = parse<Record<string, string>>(fixtureOf('telco.csv'), { columns: true, trim: true });
  const questions = Object.keys(customers[0]!).filter((name) => name !== 'customerID' && name !== 'Churn');
  const columns = questions.flatMap((question) => {
    const answers = customers.map((customer) => customer[question]!);
    if (NUMBERS.has(question)) return [Float64Array.from(answers, Number)];
    return [...new Set(answers)].sort().map((word) => Float64Array.from(answers, (answer) => Number(answer === word)));
  });
  return { columns, labels: Uint8Array.from(customers, ({ Churn }) => Number(Churn === 'Yes')) };
}
