import { DataverseError } from '../errors';
import { timestamp, type Operation } from '../crud/operation';
import { changeRow } from '../crud/change-row';
import { nameOf } from '../annotations/format-value';
import { hasPrivilege, missingPrivilege, requireAccess } from '../security/access';
import { isReference, numberOf, referenceOf, textOf, type Row } from '../store/row';

/** A mail as it left; `GET /sandbox/outbox` lists them. */
export interface OutboxMail {
  readonly id: string;
  readonly sentOn: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  /** HTML */
  readonly body: string;
  readonly importance: 'low' | 'normal' | 'high';
  readonly regarding: { readonly table: string; readonly id: string; readonly name: string | null } | null;
}

export const outboxKind = 'outbox';

/** `participationtypemask` */
const party = { from: 1, to: 2, cc: 3, bcc: 4 } as const;

const refuse = (code: string, message: string): DataverseError => new DataverseError(400, code, message);

/** Sends a draft: its parties are checked, the row is closed as Sent, the mail goes to the outbox with the commit. */
export async function sendEmail(operation: Operation, row: Row, issueSend: boolean): Promise<void> {
  const { tx, platform, caller, scope } = operation;
  const table = platform.schema.table('email');
  const id = String(row.activityid);
  requireAccess(caller, 'Write', table, row);
  await tx.claim('email', id);
  if (numberOf(row, 'statecode') !== 0 || ![1, 8].includes(numberOf(row, 'statuscode') ?? 0)) {
    throw refuse('0x80040b02', 'Email must be in Draft status to be sent.');
  }
  const parties = tx.pointingAt('activityparty', 'activityid', id);
  const addresses = (mask: number): string[] =>
    parties
      .filter((each) => numberOf(each, 'participationtypemask') === mask)
      .flatMap((each) => textOf(each, 'addressused') ?? []);
  const sender = parties.find((each) => numberOf(each, 'participationtypemask') === party.from);
  const senderParty = sender ? referenceOf(sender, 'partyid') : null;
  if (!senderParty || !['systemuser', 'queue'].includes(senderParty.table)) {
    throw refuse('0x80040b05', 'The e-mail must have a sender that is a user or a queue.');
  }
  if (
    senderParty.table === 'systemuser' &&
    senderParty.id !== caller.userId &&
    !hasPrivilege(caller, 'prvSendAsUser')
  ) {
    throw missingPrivilege(caller, 'prvSendAsUser');
  }
  const recipients = [...addresses(party.to), ...addresses(party.cc), ...addresses(party.bcc)];
  const [from] = addresses(party.from);
  if (from === undefined) throw refuse('0x80040b05', 'The sender has no e-mail address.');
  if (recipients.length === 0)
    throw refuse('0x80040b03', 'The e-mail must have at least one recipient before it can be sent.');
  const sentOn = timestamp(operation.now);
  await changeRow({ ...operation, asSystem: true }, table, row, {
    statecode: 1,
    statuscode: 3,
    senton: issueSend ? sentOn : null,
    actualend: sentOn,
    sender: from,
    torecipients: `${addresses(party.to).join(';')};`,
  });
  if (!issueSend) return;
  const regarding = row.regardingobjectid;
  const mail: OutboxMail = {
    id,
    sentOn,
    from,
    to: addresses(party.to),
    cc: addresses(party.cc),
    bcc: addresses(party.bcc),
    subject: textOf(row, 'subject') ?? '',
    body: textOf(row, 'description') ?? '',
    importance: (['low', 'normal', 'high'] as const)[numberOf(row, 'prioritycode') ?? 1] ?? 'normal',
    regarding: isReference(regarding) ? { ...regarding, name: nameOf(scope, regarding) } : null,
  };
  tx.record(outboxKind, id, mail);
}
