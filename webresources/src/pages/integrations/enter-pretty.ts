const STEP = '  ';

/** A document in JSON with a line for each value, also where it was cut off: nothing but space outside of texts is changed. Pure. */
function prettyJson(text: string): string {
  let [depth, shown] = [0, ''];
  const line = (): string => `\n${STEP.repeat(Math.max(0, depth))}`;
  for (const [piece] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[{]\s*[\]}]|[[\]{},:]|[^\s"[\]{},:]+/g)) {
    if (piece === '{' || piece === '[') {
      depth += 1;
      shown += piece + line();
    } else if (piece === '}' || piece === ']') {
      depth -= 1;
      shown += line() + piece;
    } else if (piece === ',') shown += piece + line();
    else shown += piece === ':' ? ': ' : piece.replace(/^([[{])\s+/, '$1');
  }
  return shown;
}

/** A document in XML with a line for each element that has no text. Pure. */
function prettyXml(text: string): string {
  let depth = 0;
  return text
    .replace(/>\s+</g, '><')
    .split(/(?<=>)(?=<)/)
    .map((piece) => {
      if (piece.startsWith('</')) depth -= 1;
      const line = STEP.repeat(Math.max(0, depth)) + piece;
      const opens = /^<[^!?/]/.test(piece) && !/\/>$|<\/[^>]*>$/.test(piece);
      if (opens) depth += 1;
      return line;
    })
    .join('\n');
}

/** What a service answered, as one reads it: JSON and XML by lines, anything else as it came. Pure. */
export function pretty(text: string): string {
  const start = text.trimStart();
  if (start.startsWith('{') || start.startsWith('[')) return prettyJson(start);
  return start.startsWith('<') ? prettyXml(start) : text;
}
