import { readTold } from '#event-store';
import { ChurnRows, type CalibrationDrift, dateOfDay, driftOf, monthlyRows, priorChurnModel } from '#insight';
import { read, type Reading } from '../reading.js';
import { calendarOf, endOfDay } from '../tenant.js';
import { fillRows } from './gather-rows.js';
import type { Drift } from './get-models.js';
import { modelInForce } from './model-in-force.js';

/** So far back lies the day of which the time is up for the longest horizon. */
const MOST_DAYS = 250;
/** Rows of the day itself have no outcome yet; they are made for the shortest horizon, and only looked at. */
const AHEAD = 30;
const LEVELS: Readonly<Record<CalibrationDrift['level'], Drift['calibration'][number]['level']>> = { 'as said': 'as-said', 'fewer left': 'fewer-left', 'more left': 'more-left' };

/** How far the model that was in force at the end of a day had drifted by then, by what was known by then; null where the prior was. Runs to its end unless the signal aborts. */
export async function measureDrift(reading: Reading, tenant: string, day: number, signal: AbortSignal): Promise<Drift | null> {
  const { final } = await reading.reader.statements(readTold);
  const { model, knownAt, dayOf } = await read(reading.reader, tenant, async (sql) => {
    const { dayOf: days } = await calendarOf(sql, tenant, reading.now());
    const end = endOfDay(day, days);
    return { model: (await modelInForce(sql, tenant, end)).model, knownAt: end, dayOf: days };
  });
  if (model.id === priorChurnModel.id) return null;
  const { gapDays, causes } = model.window!;
  const rows = new ChurnRows(monthlyRows({ from: day - MOST_DAYS - gapDays, to: day, gapDays, knownUntil: day + gapDays + AHEAD, dayOf, ...(causes && { causes }) }));
  const filling = fillRows(reading, { tenant, upTo: final, knownAt }, rows, signal);
  while (!(await filling.next()).done) signal.throwIfAborted();
  const { stability, calibration, verdict } = driftOf(model, rows, day);
  return {
    model: model.id, day: dateOfDay(day), verdict,
    stability: stability.map(({ of, index, byChance, level }) => ({ of, index, byChance, level })),
    calibration: calibration.map(({ horizon, foretoldOn, rows: customers, expected, observed, low, high, level }) => (
      { horizon: String(horizon) as '30', foretoldOn: dateOfDay(foretoldOn), customers, expected, observed, low, high, level: LEVELS[level] })),
  };
}
