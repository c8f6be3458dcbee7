/** What code, tests and documents cite, and where it can be opened. */

/** A place that a reader may jump to: requirements, cases, rules and decisions by their anchors, findings and host rows by their first words. */
const ANCHORS = [/<a id="([^"]+)"><\/a>/g, /^- \*\*(F-\d+) (?:mended|partly|left)\./gm, /^\| (H-\d+)\s/gm];

/** `R-505`, `E1`, `E1-F4`, `E1.9`, `T6`, `D-7.1`, `ADR-13`, `F-101`, `H-26`. */
const IDS = /(?<![\w-])(?:R-\d{3,4}|E\d(?:-[A-Z]\d?|\.\d+)?|T\d|D-\d+(?:\.\d+)?|ADR-\d+|F-\d{3}|H-\d+)(?![\w-])/g;

/** Names that lead out of the repository: documents and sources that its readers do not have. */
const OUTSIDE =
  /\b(?:DATA-MODEL|EXAMPLES|REQUIREMENTS|PLATFORM-NOTES|DESIGN|(?:SYNC|UX|HOUSE|STYLE)\.md|A\d{2}|S[0-4](?= \d|['’]s))\b/g;

/** Anchors of the documents, as the ids are written. */
export function anchorsOf(documents: readonly string[]): ReadonlySet<string> {
  return new Set(
    documents.flatMap((text) => ANCHORS.flatMap((one) => [...text.matchAll(one)].map(([, id]) => id!.toUpperCase()))),
  );
}

/** Citations in a text that cannot be opened, each with its line. */
export function brokenCitations(text: string, anchors: ReadonlySet<string>): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const ids = [...line.matchAll(IDS)].map(([id]) => id).filter((id) => !anchors.has(id.toUpperCase()));
    const outside = [...line.matchAll(OUTSIDE)].map(([name]) => name.trim());
    return [...ids, ...outside].map((cited) => `${index + 1}: ${cited}`);
  });
}
