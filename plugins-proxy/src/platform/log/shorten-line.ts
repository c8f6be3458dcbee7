/** Longest line that is written as it is, in characters. */
const longestLine = 16_384;
/** Of a line that is longer, this much is kept of each text, in characters, and of each list, in items. */
const keptOfText = 500;
const keptOfList = 50;

function shortened(value: unknown): unknown {
  if (typeof value === 'string')
    return value.length <= keptOfText ? value : `${value.slice(0, keptOfText)}… (${value.length} characters)`;
  if (Array.isArray(value)) return value.slice(0, keptOfList).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shortened(each)]));
}

/** Bounds a line of the log, whatever somebody has sent that is quoted in it (F-312); it stays JSON. */
export function shortenLine(line: string): string {
  if (line.length <= longestLine) return line;
  const short = JSON.stringify(shortened(JSON.parse(line)));
  if (short.length <= longestLine) return `${short}\n`;
  const { level, time, service, correlationId, msg } = JSON.parse(short) as Record<string, unknown>;
  return `${JSON.stringify({ level, time, service, correlationId, leftOutCharacters: line.length, msg })}\n`;
}
