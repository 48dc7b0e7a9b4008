const LONGEST = 200;

/** What failures have in common: the error without what names one customer, one fact or one amount. */
export function causeOf(error: unknown): string {
  const { name = 'Error', message = String(error) } = (error ?? {}) as Partial<Error>;
  const common = message.replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '…').replace(/\b[\w.:-]*\d[\w.:-]*/g, '…');
  return `${name}: ${common}`.slice(0, LONGEST);
}
