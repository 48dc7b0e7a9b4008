/** Version 1 wrote the scale as text ("0-10") beside the kind; version 2 has one instrument with numbers. */
export function liftAnswer(data: Record<string, unknown>): Record<string, unknown> {
  const { kind, scale, ...rest } = data;
  const [min, max] = String(scale).split('-').map(Number);
  return { ...rest, instrument: { kind, min, max } };
}
