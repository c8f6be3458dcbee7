import {
  type Authority,
  COMMAND_AUTHORITY,
  commandTypeLabels,
  type CommandType,
  type Need,
  NEEDS,
  OTHER_AUTHORITY,
  refusalText,
} from '@crmjira/domain';

const INTRODUCTION = `# Authority: who may ask for what

Written by \`npm run generate\` from \`domain/src/authority\`; not edited by hand.

Whatever a person asks for by a row, or by moving the process, is carried out only if that person may do it to that record. The service
asks Dataverse about whoever **created** the row (a column that no client can fill in), not about itself. A question that fails is asked
again with the next attempt; it never allows anything. Answers are not kept from one run to the next.

A wish that is refused changes nothing. Its command row ends in state _Refused_ with the reason in the language of the person who asked.
A refused request for approval becomes inactive; its Decision Comment and a refused command row of the requester's carry the reason, with the argument
\`request <id>\`. The integration log gets a row \`refused: <condition>\`, in status Success, because the integration did not fail.

Rows that the service itself created are an operator's commands (the command line works with the service's account) or an event's. They
are spared the conditions about the person, and bound by those about the record.
`;

const HIDDEN = `## Where a wish cannot be refused beforehand

Without inbound connections no synchronous step reaches the service. An invalid stage is then moved back by the next run
(\`domain/src/budget/plan/plan-stage-moves.ts\`); a person without Write can move the process back to an earlier stage, from which the next run
moves it forward again.
`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

function wishRow({ wish, place, needs }: Authority, type: string): readonly string[] {
  return [wish, type, place, needs.map((need) => `\`${need}\``).join(', ')];
}

/** What a person reads whose wish fails on a condition; empty where the sentence depends on more than the condition. */
function said(need: Need): readonly string[] {
  const amounts = { asked: '…', row: '…' };
  const texts = [1033, 3084] as const;
  return texts.map((language) => {
    const text = refusalText(need, language, amounts);
    return text === refusalText('approver', language) ? '' : text;
  });
}

/** `docs/authority.md`: every wish with its conditions, every condition with who answers it. */
export function writeAuthority(): string {
  const commands = Object.entries(COMMAND_AUTHORITY).map(([type, authority]) =>
    wishRow(authority, `${type} ${commandTypeLabels[Number(type) as CommandType][3084]}`),
  );
  const others = Object.values(OTHER_AUTHORITY).map((authority) => wishRow(authority, ''));
  const needs = Object.entries(NEEDS).map(([need, { of, answeredBy }]) => [
    `\`${need}\``,
    of,
    answeredBy,
    ...said(need as Need),
  ]);
  return [
    INTRODUCTION,
    '## Wishes\n',
    `${table(['wish', 'command type', 'row or step', 'conditions, in this order'], [...commands, ...others])}\n`,
    '## Conditions\n',
    `${table(['condition', 'about the', 'answered by', 'what is said', 'ce qui est dit'], needs)}\n`,
    HIDDEN,
  ].join('\n');
}
