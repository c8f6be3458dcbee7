import {
  assignRefusalText,
  type AssignRefusal,
  assignText,
  CommandState,
  CommandType,
  type Language,
  tables,
  undoneText,
} from '@crmjira/domain';
import { z } from 'zod';
import {
  formattedValue,
  choice,
  guid,
  optionalFlag,
  optionalGuid,
  optionalInstant,
  optionalNumber,
  optionalText,
} from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { equalsOneOf } from '../../../clients/dataverse/filter';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import type { CommandAnswer, CommandHandler } from '../../../reconciler/commands';
import { type AdministratorParts, administratorCommand } from '../../../reconciler/administrator-command';

interface AssignParts extends AdministratorParts {
  readonly dataverse: DataverseClient;
}

/** Projects named in one filter, and written in one change set. */
const projectsAtOnce = 50;
/** Projects of one command; the list of a page has fewer. */
const mostProjects = 2_000;

/** A project of the command; with its product as the person saw it, one that has another by now stays as it is. */
const wanted = z.object({ id: guid, product: guid.nullable() });
const assignPayload = z.object({ product: guid.nullable(), projects: wanted.array().min(1).max(mostProjects) });

const productRow = z.object({ name: optionalText, statecode: optionalNumber });
/** A product that is sold no more; families, bundles and drafts may have projects. */
const retired = 1;

const projectRow = z.object({
  crmjira_jira_projectid: guid,
  crmjira_is_archived: optionalFlag,
  statecode: optionalNumber,
  _crmjira_product_value: optionalGuid,
  modifiedon: optionalInstant,
  _modifiedby_value: optionalGuid,
  [`_modifiedby_value${formattedValue}`]: optionalText,
});
const selected = Object.keys(projectRow.shape).filter((column) => !column.includes('@'));
type ProjectRow = z.output<typeof projectRow>;

/** Why a project was left as it is. */
type Unchanged = 'archived' | 'gone' | 'other-product' | 'unknown';

/** What the page that asked is told, by the ids of rows of `crmjira_jira_project`. */
const assigned = z.object({
  product: guid.nullable(),
  assigned: guid.array(),
  had: guid.array(),
  unchanged: z.object({ project: guid, reason: z.string() }).array(),
  /** What each of the assigned had before, for the undo. */
  previous: z.record(guid, guid.nullable()),
});

async function readProjects(
  dataverse: Pick<DataverseClient, 'many'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ProjectRow>> {
  const { entitySet, primaryId } = tables.crmjira_jira_project;
  const rows = new Map<string, ProjectRow>();
  for (let start = 0; start < ids.length; start += projectsAtOnce) {
    const filter = equalsOneOf(primaryId, ids.slice(start, start + projectsAtOnce));
    for (const row of await dataverse.many(entitySet, { select: selected, filter }, projectRow))
      rows.set(row.crmjira_jira_projectid, row);
  }
  return rows;
}

const bound = (column: string, product: string | null): Record<string, unknown> => ({
  [`${column}@odata.bind`]: product === null ? null : `/${tables.product.entitySet}(${product})`,
});

const productWrite = (id: string, product: string | null, previous: string | null): PlainWrite => ({
  op: 'update',
  collection: tables.crmjira_jira_project.entitySet,
  id,
  columns: { ...bound('crmjira_product', product), ...bound('crmjira_previous_product', previous) },
});

async function writeAll(dataverse: Pick<DataverseClient, 'changeSet'>, writes: readonly PlainWrite[]): Promise<void> {
  for (let start = 0; start < writes.length; start += projectsAtOnce)
    await dataverse.changeSet(writes.slice(start, start + projectsAtOnce));
}

const refused = (refusal: AssignRefusal, language: Language): CommandAnswer => ({
  state: CommandState.Refused,
  result: assignRefusalText(refusal, language),
});

/** Why a project cannot be assigned; null: it can. Pure. */
function obstacleOf(row: ProjectRow | undefined, seen: string | null): Unchanged | null {
  if (row === undefined) return 'unknown';
  if (row.statecode === 1) return 'gone';
  if (row.crmjira_is_archived) return 'archived';
  return row._crmjira_product_value === seen ? null : 'other-product';
}

/** Answers the command "Bulk assign": selected projects belong to a product, or to none (R-1703, R-1704). */
export function bulkAssignCommand(parts: AssignParts): CommandHandler {
  const { dataverse } = parts;
  return administratorCommand(parts, CommandType.BulkAssign, async ({ payload }, language) => {
    const given = assignPayload.safeParse(payload);
    if (!given.success) return refused('payload', language);
    const { product, projects } = given.data;
    const found =
      product === null
        ? null
        : await dataverse.one(tables.product.entitySet, product, Object.keys(productRow.shape), productRow);
    if (product !== null && found === null) return refused('no-product', language);
    if (found?.statecode === retired) return refused('retired', language);
    const wantedProjects = new Map(projects.map((one) => [one.id, one.product]));
    const rows = await readProjects(dataverse, [...wantedProjects.keys()]);
    const answer: z.output<typeof assigned> = { product, assigned: [], had: [], unchanged: [], previous: {} };
    for (const [id, seen] of wantedProjects) {
      const row = rows.get(id);
      const before = row?._crmjira_product_value ?? null;
      const reason = obstacleOf(row, seen);
      if (reason !== null) answer.unchanged.push({ project: id, reason });
      else if (before === product) answer.had.push(id);
      else {
        answer.assigned.push(id);
        answer.previous[id] = before;
      }
    }
    await writeAll(
      dataverse,
      answer.assigned.map((id) => productWrite(id, product, answer.previous[id] ?? null)),
    );
    const counts = {
      assigned: answer.assigned.length,
      had: answer.had.length,
      unchanged: answer.unchanged.length,
    };
    const name = product === null ? null : (found?.name ?? product);
    return { state: CommandState.Done, result: assignText({ product: name, ...counts }, language), answer };
  });
}

const undoPayload = z.object({ command: guid, link: z.undefined().optional() });
const assignCommandRow = z.object({
  crmjira_command_type: choice(CommandType),
  crmjira_command_state: choice(CommandState),
  crmjira_answer: optionalText,
});

/** Answers the command "Undo" of a bulk assignment: each project gets back what it had, unless somebody has given it another since. */
export function undoAssignCommand(parts: AssignParts): CommandHandler {
  const { dataverse } = parts;
  const handler = administratorCommand(
    parts,
    CommandType.Undo,
    async ({ payload }, language) => {
      const row = await dataverse.one(
        tables.crmjira_command.entitySet,
        undoPayload.parse(payload).command,
        Object.keys(assignCommandRow.shape),
        assignCommandRow,
      );
      const isDone =
        row?.crmjira_command_type === CommandType.BulkAssign && row.crmjira_command_state === CommandState.Done;
      const done = isDone ? assigned.safeParse(JSON.parse(row.crmjira_answer ?? 'null')).data : undefined;
      if (done === undefined || done.assigned.length === 0) return refused('nothing-to-undo', language);
      const rows = await readProjects(dataverse, done.assigned);
      const isAsAssigned = (id: string): boolean => {
        const now = rows.get(id);
        return now !== undefined && now._crmjira_product_value === done.product;
      };
      const undone = done.assigned.filter(isAsAssigned);
      const kept = done.assigned
        .filter((id) => !isAsAssigned(id))
        .map((project) => {
          const now = rows.get(project);
          return {
            project,
            by: now?.[`_modifiedby_value${formattedValue}`] ?? null,
            on: now?.modifiedon ?? null,
          };
        });
      await writeAll(
        dataverse,
        undone.map((id) => productWrite(id, done.previous[id] ?? null, null)),
      );
      return {
        state: CommandState.Done,
        result: undoneText(undone.length, done.assigned.length, language),
        answer: { undone, kept },
      };
    },
    CommandType.BulkAssign,
  );
  // Of a link another capability's rows are undone.
  return { ...handler, takes: ({ payload }) => undoPayload.safeParse(payload).success };
}
