/** Events as a person checks a mapping: what, when, whom, then the data. */
export function previewLines(json: string | Buffer): string[] {
  const event = parse(String(json));
  if (!event) return [`  ${String(json).slice(0, 200)}`];
  const { type, time, customer, data, id, observedAt } = event;
  const whom = typeof customer === 'object' && customer !== null ? `${(customer as { system?: unknown }).system}:${(customer as { id?: unknown }).id}` : String(customer);
  const known = observedAt === undefined ? 'known when it arrives' : observedAt === time ? 'known then' : `known ${observedAt}`;
  return [`  ${type}  ${time ?? 'when it arrives'}  ${whom}  (${known})`, `    ${JSON.stringify(data)}`, `    id ${id}`];
}

function parse(json: string): Record<string, unknown> | undefined {
  try {
    const parsed = JSON.parse(json) as unknown;
    return typeof parsed === 'object' && parsed !== null ? parsed as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}
