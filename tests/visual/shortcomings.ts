import { type Stop, measure } from './measure';
import type { ScenePage } from './open-scene';
import type { ControlName, Lines } from './scene';

/** Pixels within which two things stand on one line. */
const LINE = 12;

/**
 * What is wrong with a control as it stands at this width, one sentence each; empty when nothing is.
 * @param lines what it must say and offer; null: only how it is laid out is looked at
 */
export async function shortcomings(
  opened: ScenePage,
  control: ControlName,
  lines: Lines | null,
): Promise<readonly string[]> {
  const box = opened.control(control);
  const { stops, cut, overlapping, sideways, foreign, links } = await box.evaluate(measure);
  return [
    ...(lines === null ? [] : otherThanSaid(plain(await box.ariaSnapshot()), lines)),
    ...(sideways ? ['scrolls sideways'] : []),
    ...cut.map((text) => `cuts off ${text}`),
    ...overlapping.map((texts) => `draws over each other ${texts}`),
    ...foreign.map((tag) => `holds a ${tag}`),
    ...links.filter((protocol) => !/^https?:$/.test(protocol)).map((protocol) => `links to ${protocol}`),
    ...outOfOrder(stops),
  ];
}

const otherThanSaid = (said: string, lines: Lines): string[] => [
  ...lines
    .filter((line) => !said.includes(plain(line)))
    .map((line) => `does not say ${line.slice(0, 200)} but\n${said.slice(0, 2_000)}`),
  ...offerDifferences(said, lines),
];

/** Spaces of French and of figures as plain spaces; marks of text direction are not said. */
export const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

/** What a person can use: fields, buttons and links, by role and name, in the order of the tree. */
function offers(said: string): readonly string[] {
  return said.match(/(?:button|link|textbox) "(?:[^"\\]|\\.)*"/g) ?? [];
}

/** What a person is offered beyond or short of what the lines name, one sentence each. */
export function offerDifferences(said: string, lines: Lines): string[] {
  const [offered, wanted] = [offers(said), offers(lines.map(plain).join('\n'))];
  return [
    ...offered
      .filter((one) => !wanted.includes(one))
      .map((one) => `offers ${one}, which stands in no line of its scene`),
    ...wanted.filter((one) => !offered.includes(one)).map((one) => `does not offer ${one}`),
  ];
}

/** Tab goes as one reads: line by line, from the left. */
function outOfOrder(stops: readonly Stop[]): string[] {
  const asRead = stops.toSorted((a, b) =>
    Math.abs(a.middle - b.middle) > LINE ? a.middle - b.middle : a.left - b.left,
  );
  const wrong = stops.filter((stop, index) => stop !== asRead[index] || stop.jumps);
  return wrong.map(({ name }) => `is not read in the order of Tab at ${name.slice(0, 60)}`);
}
