import { derivedId, type DigestEntry, digestMail, moneyFromDecimal, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import { guid, optionalGuid, optionalText, text, lookupTable } from '../../../clients/dataverse/columns';
import { readOwners } from '../../../connections/environment/read-people';
import type { MailContext } from '../../../connections/administrator/mail-context';
import { makeDraft, sendDraft } from '../../../connections/administrator/send-once';

const alertRow = z.object({
  crmjira_budget_alertid: guid,
  crmjira_digest_mail_id: optionalText,
  _crmjira_budget_mapping_id_value: optionalGuid,
});
const mappingRow = z.object({
  _crmjira_opportunity_id_value: optionalGuid,
  _transactioncurrencyid_value: optionalGuid,
  crmjira_integration_reference: text,
  crmjira_spent_amount: z.number(),
  crmjira_approved_budget: z.number(),
});
const ownerTarget = `_ownerid_value${lookupTable}` as const;
const opportunityRow = z.object({ name: optionalText, _ownerid_value: guid, [ownerTarget]: z.string().optional() });

interface Pending {
  readonly alertId: string;
  readonly owner: { readonly id: string; readonly type: 'systemuser' | 'team' };
  readonly entry: DigestEntry;
}

const alerts = tables.crmjira_budget_alert.entitySet;

async function readPending(context: MailContext, row: z.output<typeof alertRow>): Promise<Pending | null> {
  const { dataverse, environmentSettings } = context;
  const mappingId = row._crmjira_budget_mapping_id_value;
  const select = Object.keys(mappingRow.shape);
  const mapping =
    mappingId === null
      ? null
      : await dataverse.one(tables.crmjira_budget_mapping.entitySet, mappingId, select, mappingRow);
  const opportunityId = mapping?._crmjira_opportunity_id_value ?? null;
  if (mapping === null || opportunityId === null) return null;
  const opportunity = await dataverse.one(
    tables.opportunity.entitySet,
    opportunityId,
    ['name', '_ownerid_value'],
    opportunityRow,
  );
  if (opportunity === null) return null;
  const [currencies, { policy }] = await Promise.all([
    environmentSettings.currencies(),
    environmentSettings.settings(),
  ]);
  const currencyId = mapping._transactioncurrencyid_value;
  const currency = currencyId === null ? policy.defaultCurrency : currencies.codeOf(currencyId);
  return {
    alertId: row.crmjira_budget_alertid,
    owner: { id: opportunity._ownerid_value, type: opportunity[ownerTarget] === 'team' ? 'team' : 'systemuser' },
    entry: {
      opportunityId,
      opportunityName: opportunity.name ?? '',
      reference: mapping.crmjira_integration_reference,
      spent: moneyFromDecimal(mapping.crmjira_spent_amount, currency),
      approved: moneyFromDecimal(mapping.crmjira_approved_budget, currency),
    },
  };
}

const onAlert = (id: string, columns: Record<string, unknown>): PlainWrite => ({
  op: 'update',
  collection: alerts,
  id,
  columns,
});

/** Hands over the digests that were made, also by a run that was cut off, and notes it on their alerts. */
async function sendMade(context: MailContext): Promise<void> {
  const made = await context.dataverse.many(
    alerts,
    {
      select: Object.keys(alertRow.shape),
      filter: 'crmjira_digest_mail_id ne null and crmjira_digested_on eq null',
    },
    alertRow,
  );
  const mails = new Set(made.flatMap(({ crmjira_digest_mail_id: mailId }) => mailId ?? []));
  for (const mailId of mails) {
    const rows = made.filter((row) => row.crmjira_digest_mail_id === mailId);
    await sendDraft(context.dataverse, mailId);
    const columns = { crmjira_digested_on: context.now().toISOString() };
    await context.dataverse.changeSet(rows.map((row) => onAlert(row.crmjira_budget_alertid, columns)));
  }
}

async function makeDigest(context: MailContext, day: string, pending: readonly Pending[]): Promise<void> {
  const { dataverse, environmentSettings } = context;
  const [first] = pending;
  const queueId = await environmentSettings.senderQueueId();
  if (first === undefined || queueId === null) return;
  const { owner } = first;
  const readers = await readOwners(dataverse, owner);
  const to = readers.map(({ email }) => email);
  if (to.length === 0) return;
  const { policy } = await environmentSettings.settings();
  const languages = new Set(await Promise.all(readers.map(({ id }) => environmentSettings.languageOf(id))));
  const { subject, body } = digestMail(
    pending.map(({ entry }) => entry),
    [...languages].sort(),
    { redactAmounts: policy.redactAmountsInEmail, recordUrl: policy.recordUrl },
  );
  const id = derivedId(owner.id, 'digest', day);
  // In one change set with the alerts that it names: each is in one digest. A second of that day waits for the next.
  await makeDraft(
    dataverse,
    { id, subject, body, to, queueId },
    pending.map(({ alertId }) => onAlert(alertId, { crmjira_digest_mail_id: id })),
  );
}

/**
 * Mails each owner who chose it the budget warnings since the last digest, once a day (R-2306). A warning that was cleared, or is
 * snoozed, is not in it.
 * @param day local day of the schedule
 */
export async function sendDigests(context: MailContext, day: string): Promise<void> {
  await sendMade(context);
  const rows = await context.dataverse.many(
    alerts,
    {
      select: Object.keys(alertRow.shape),
      filter: [
        'crmjira_in_digest eq true',
        'crmjira_digest_mail_id eq null',
        'crmjira_cleared_on eq null',
        'crmjira_snoozed_until eq null',
      ].join(' and '),
      orderBy: ['crmjira_raised_on asc'],
    },
    alertRow,
  );
  const pending: Pending[] = [];
  for (const row of rows) {
    const one = await readPending(context, row);
    if (one !== null) pending.push(one);
  }
  for (const ownerId of new Set(pending.map(({ owner }) => owner.id))) {
    const own = pending.filter(({ owner }) => owner.id === ownerId);
    await makeDigest(context, day, own);
  }
  await sendMade(context);
}
