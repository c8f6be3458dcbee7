import { type ContactData, type Guid, type Language, tables, withoutContact } from '@crmjira/domain';
import { z } from 'zod';
import { optionalText } from '../../../clients/dataverse/columns';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import type { LinkedRecord } from './read-record';

const row = z.object({
  fullname: optionalText,
  telephone1: optionalText,
  mobilephone: optionalText,
  emailaddress1: optionalText,
});

/** null: the record has none */
export async function readContact(reader: DataverseReader, id: Guid | null): Promise<ContactData | null> {
  const found = id === null ? null : await reader.one(tables.contact.entitySet, id, Object.keys(row.shape), row);
  if (found === null) return null;
  return { name: found.fullname, phone: found.telephone1 ?? found.mobilephone, mail: found.emailaddress1 };
}

/** A record as it may be told to Jira: its title without the contact (R-1706). Jira's own text of it is compared with that one. */
export function withoutContactOf(record: LinkedRecord, contact: ContactData | null, language: Language): LinkedRecord {
  const title = withoutContact(record.title, contact, language);
  const { facts } = record;
  return { ...record, title, facts: facts.summary === undefined ? facts : { ...facts, summary: title } };
}
