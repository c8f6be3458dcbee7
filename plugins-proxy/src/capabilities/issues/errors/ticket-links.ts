import { tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalGuid } from '../../../clients/dataverse/columns';
import { equalsOneOf, quoted } from '../../../clients/dataverse/filter';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { linkColumns, linkRow, type LinkRow } from '../link/stored-row';
import { type MirrorRow, mirrorRow, mirrorSelect } from '../mirror/mirror-columns';
import { monitorSystem } from './error-kind';
import type { MonitorError } from './monitor-rows';

/** A link of an error, with the row that shows its issue. */
export interface ErrorLink {
  readonly link: LinkRow;
  readonly mirror: MirrorRow | null;
  readonly askedBy: string | null;
}

const madeRow = z.object({ _crmjira_created_by_user_value: optionalGuid, _createdby_value: guid });
const select = [...linkColumns, ...Object.keys(madeRow.shape)];
const { entitySet } = tables.crmjira_issue_link;

/** Ids in one condition of a query. */
const together = 25;

/** Links of errors, by the id of the error's row. An address tells errors of two installations apart that have one number. */
export async function readErrorLinks(
  dataverse: DataverseReader,
  errors: readonly MonitorError[],
): Promise<ReadonlyMap<string, readonly ErrorLink[]>> {
  const read: { readonly link: LinkRow; readonly made: z.output<typeof madeRow> }[] = [];
  for (let start = 0; start < errors.length; start += together) {
    const named = errors
      .slice(start, start + together)
      .map(({ externalId }) => `crmjira_external_id eq ${quoted(externalId)}`);
    const filter = `crmjira_external_system eq ${quoted(monitorSystem)} and (${named.join(' or ')})`;
    const rows = await dataverse.many(entitySet, { select, filter }, z.unknown());
    read.push(...rows.map((row) => ({ link: linkRow.parse(row), made: madeRow.parse(row) })));
  }
  const ids = [...new Set(read.flatMap(({ link }) => link.mirrorRowId ?? []))];
  const mirrors = new Map<string, MirrorRow>();
  for (let start = 0; start < ids.length; start += together) {
    const filter = equalsOneOf('crmjira_jira_issueid', ids.slice(start, start + together));
    const found = await dataverse.many(
      tables.crmjira_jira_issue.entitySet,
      { select: mirrorSelect, filter },
      mirrorRow,
    );
    for (const one of found) mirrors.set(one.id, one);
  }
  return new Map(
    errors.map((error) => [
      error.id,
      read.flatMap(({ link, made }): ErrorLink[] =>
        link.external?.id === error.externalId && link.external.url === error.url
          ? [
              {
                link,
                mirror: link.mirrorRowId === null ? null : (mirrors.get(link.mirrorRowId) ?? null),
                askedBy: made._crmjira_created_by_user_value ?? made._createdby_value,
              },
            ]
          : [],
      ),
    ]),
  );
}

/** The ticket is to be worked on, or is being created. */
export function isOpen({ link, mirror }: ErrorLink): boolean {
  const stage = link.document?.stored.stage;
  if (stage === undefined || stage === 'unlinked' || stage === 'unlinking' || stage === 'broken') return false;
  return mirror?.issue?.statusCategory !== 'done' && mirror?.deleted !== true;
}
