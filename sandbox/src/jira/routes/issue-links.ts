import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import { findLinkType, linkIssues, linksOf, unlinkIssues } from '../operations/link-issues';
import type { IssueLinkRow, IssueRow, LinkTypeRow } from '../site/rows';
import { issueLinkView, linkTypeView } from '../views/issue-link-view';
import { addCommentTo } from './comments';
import { requireIssue } from './require-issue';

const text = z.union([z.string(), z.number()]).transform(String);
const typeInput = z.looseObject({ id: text.optional(), name: z.string().optional() });
const endInput = z.looseObject({ id: text.optional(), key: z.string().optional() });
const linkInput = z.looseObject({
  type: typeInput,
  inwardIssue: endInput,
  outwardIssue: endInput,
  comment: z.looseObject({ body: z.unknown() }).optional(),
});

/** @throws JiraError 404 */
function requireType(call: Call, wanted: z.infer<typeof typeInput>): LinkTypeRow {
  const type = findLinkType(call.site, wanted);
  if (type) return type;
  throw JiraError.notFound(
    wanted.id === undefined
      ? `No issue link type with name '${wanted.name ?? ''}' found.`
      : `No issue link type with id '${wanted.id}' exists.`,
  );
}

const requireEnd = (call: Call, { id, key }: z.infer<typeof endInput>): IssueRow => requireIssue(call, id ?? key ?? '');

function connect(call: Call, type: LinkTypeRow, source: IssueRow, destination: IssueRow): void {
  if (source.id === destination.id) throw new JiraError(400, ['You cannot link an issue to itself.']);
  linkIssues(call.site, call.user(), type, source, destination);
}

const operation = z.union([
  z.looseObject({
    add: z.looseObject({ type: typeInput, inwardIssue: endInput.optional(), outwardIssue: endInput.optional() }),
  }),
  z.looseObject({ remove: z.looseObject({ id: text }) }),
]);

/** Links inside an `update` of an issue: `outwardIssue` begins at it, `inwardIssue` ends there. */
export function changeLinksOf(call: Call, issue: IssueRow, operations: unknown): void {
  if (operations === undefined) return;
  const read = z.array(operation).safeParse(operations);
  if (!read.success) throw JiraError.field('issuelinks', 'data was not an array of link operations');
  for (const one of read.data) {
    if ('remove' in one) {
      const link = linksOf(call.site, issue.id).find(({ id }) => id === (one.remove as { id: string }).id);
      if (link) unlinkIssues(call.site, call.user(), link);
      continue;
    }
    const { type, inwardIssue, outwardIssue } = one.add as {
      type: z.infer<typeof typeInput>;
      inwardIssue?: z.infer<typeof endInput>;
      outwardIssue?: z.infer<typeof endInput>;
    };
    const found = requireType(call, type);
    if (outwardIssue) connect(call, found, issue, requireEnd(call, outwardIssue));
    if (inwardIssue) connect(call, found, requireEnd(call, inwardIssue), issue);
  }
}

/** Links between issues of this site. */
export function registerIssueLinks(api: Api): void {
  const find = (call: Call): IssueLinkRow => {
    call.user();
    const id = call.path('linkId');
    if (!/^\d+$/.test(id)) throw new JiraError(400, [`The issue link id '${id}' is not valid.`]);
    const link = call.site.issueLinks.get(id);
    if (!link) throw JiraError.notFound(`No issue link with id '${id}' exists.`);
    return link;
  };
  api.post('/issueLink', (call) => {
    call.user();
    const input = call.body(linkInput);
    const type = requireType(call, input.type);
    const [source, destination] = [requireEnd(call, input.inwardIssue), requireEnd(call, input.outwardIssue)];
    if (input.comment) addCommentTo(call, source, input.comment);
    connect(call, type, source, destination);
    call.reply.status(201);
  });
  api.get('/issueLink/:linkId', (call) => issueLinkView(call.view, find(call)));
  api.delete('/issueLink/:linkId', (call) => unlinkIssues(call.site, call.user(), find(call)));
}

const namesInput = z.looseObject({
  name: z.string().optional(),
  inward: z.string().optional(),
  outward: z.string().optional(),
});

/** Types of links, which administrators may change. */
export function registerIssueLinkTypes(api: Api): void {
  const find = (call: Call): LinkTypeRow => requireType(call, { id: call.path('issueLinkTypeId') });
  const stored = (call: Call, old?: LinkTypeRow): LinkTypeRow => {
    const input = call.body(namesInput);
    const row = { inward: '', outward: '', name: '', ...old, ...input };
    for (const name of ['name', 'inward', 'outward'] as const)
      if (row[name].trim() === '') throw JiraError.field(name, `'${name}' is required.`);
    const taken = findLinkType(call.site, { name: row.name });
    if (taken && taken.id !== old?.id)
      throw JiraError.notFound(`An issue link type with name '${row.name}' already exists.`);
    const { name, inward, outward } = row;
    return call.site.linkTypes.put({ id: old?.id ?? call.site.nextId('link-type', 10100), name, inward, outward });
  };
  api.get('/issueLinkType', (call) => {
    call.user();
    return { issueLinkTypes: call.site.linkTypes.all().map((type) => linkTypeView(call.view, type)) };
  });
  api.post('/issueLinkType', (call) => {
    call.admin();
    const type = stored(call);
    call.reply.status(201);
    return linkTypeView(call.view, type);
  });
  api.get('/issueLinkType/:issueLinkTypeId', (call) => {
    call.user();
    return linkTypeView(call.view, find(call));
  });
  api.put('/issueLinkType/:issueLinkTypeId', (call) => {
    call.admin();
    return linkTypeView(call.view, stored(call, find(call)));
  });
  api.delete('/issueLinkType/:issueLinkTypeId', (call) => {
    const actor = call.admin();
    const type = find(call);
    for (const link of call.site.issueLinks.all()) if (link.typeId === type.id) unlinkIssues(call.site, actor, link);
    call.site.linkTypes.delete(type.id);
  });
}
