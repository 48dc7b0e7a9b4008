const DAY = 86_400_000;
const STRETCH = 91;
const eur = (amount: number) => ({ amount, currency: 'EUR' });

/** What the invented company spent on winning and on keeping customers: stretches of 91 days up to a date. */
export function demoSpend(today: string) {
  const date = (daysAgo: number) => new Date(Date.parse(`${today}T00:00:00Z`) - daysAgo * DAY).toISOString().slice(0, 10);
  return [...Array(5).keys()].flatMap((turn) => {
    const period = { from: date((turn + 1) * STRETCH - 1), to: date(turn * STRETCH) };
    return [
      { entry: `winning-${period.to}`, purpose: 'acquire', amount: eur(2_600_000 + 150_000 * (turn % 3)), ...period, what: 'Sales, fairs and campaigns' },
      { entry: `keeping-${period.to}`, purpose: 'retain', amount: eur(700_000 - 40_000 * turn), ...period, what: 'Customer success' },
    ];
  });
}
