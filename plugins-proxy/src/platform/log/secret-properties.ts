/** Names whose values never leave the process, wherever in a line they stand. */
export const secretNames: ReadonlySet<string> = new Set([
  'authorization',
  'x-crmjira-key',
  'x-hub-signature',
  'clientSecret',
  'apiToken',
  'pat',
]);

export const censor = '[redacted]';

/** Deeper than any line of ours; what lies below is left out rather than searched. */
const deepest = 6;

function isSearchable(value: unknown): value is Record<string, unknown> {
  // What writes itself (dates, buffers) has no properties in the line; errors are written by a serializer of the logger's.
  return typeof value === 'object' && value !== null && !('toJSON' in value) && !(value instanceof Error);
}

function censored(value: unknown, depth: number): unknown {
  if (!isSearchable(value)) return value;
  return depth === 0 ? censor : withoutSecretProperties(value, depth);
}

/**
 * The same object where it holds no secret property, else a copy without their values. Written for the case that there is none: the
 * logger's own redaction by wildcard paths costs as much as writing the line.
 */
export function withoutSecretProperties(line: Record<string, unknown>, depth = deepest): Record<string, unknown> {
  let copy: Record<string, unknown> | null = null;
  for (const name of Object.keys(line)) {
    const value = line[name];
    const shown = secretNames.has(name) ? censor : censored(value, depth - 1);
    if (shown === value) continue;
    copy ??= Array.isArray(line) ? ([...line] as unknown as Record<string, unknown>) : { ...line };
    copy[name] = shown;
  }
  return copy ?? line;
}
