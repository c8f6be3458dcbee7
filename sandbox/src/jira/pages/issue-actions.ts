import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { JiraError } from '../jira-error';
import { deleteIssue } from '../operations/delete-issue';
import { editIssue } from '../operations/edit-issue';
import { moveIssue } from '../operations/move-issue';
import { storeComment } from '../operations/store-comment';
import { transitionIssue } from '../operations/transition-issue';
import { textOf } from '../site/rich-text';
import type { IssueRow, UserRow } from '../site/rows';
import type { View } from '../views/view';
import { refusal, registerForms } from './forms';
import { notFoundPage } from './layout';
import { actOnWork, isWorklogAction } from './worklog-actions';

const PERSON = 'jira-person';

/** As whom somebody works here: named by a cookie, else the first who is no service account. */
export function personOf({ site }: View, request: FastifyRequest): UserRow {
  const [, chosen = ''] = new RegExp(`(?:^|; )${PERSON}=([^;]+)`).exec(request.headers.cookie ?? '') ?? [];
  const [service, first = service] = site.users.all();
  const person = site.users.get(decodeURIComponent(chosen)) ?? first;
  if (!person) throw new Error('The Jira site has nobody.');
  return person;
}

const text = z.string().default('');
const inputs = {
  transition: z.object({ transition: text }),
  edit: z.object({ summary: text, priority: text, labels: text, assignee: text }),
  comment: z.object({ text: z.string().trim().min(1) }),
  move: z.object({ project: text }),
  delete: z.object({}),
} as const;
type Action = keyof typeof inputs;
const isAction = (name: string): name is Action => Object.hasOwn(inputs, name);

/** What a person does by hand on the page of an issue. @returns the issue; null: it is gone */
function act(view: View, actor: UserRow, issue: IssueRow, action: Action, given: unknown): IssueRow | null {
  const { site, edition } = view;
  switch (action) {
    case 'transition':
      return transitionIssue(view, actor, issue, inputs.transition.parse(given).transition, {});
    case 'edit': {
      const { summary, priority, labels, assignee } = inputs.edit.parse(given);
      const person = edition === 'dc' ? { name: site.users.get(assignee)?.name } : { id: assignee };
      const fields = {
        summary,
        priority: { id: priority },
        labels: labels.split(/[\s,]+/).filter(Boolean),
        assignee: assignee === '' ? null : person,
      };
      return editIssue(view, actor, issue, { fields });
    }
    case 'comment':
      storeComment(view, actor, issue, {
        body: textOf(inputs.comment.parse(given).text),
        visibility: null,
        properties: [],
      });
      return issue;
    case 'move': {
      const project = site.findProject(inputs.move.parse(given).project);
      if (!project) throw new JiraError(400, ['There is no such project.']);
      return moveIssue(site, actor, issue, project);
    }
    case 'delete':
      deleteIssue(site, actor, issue, true);
      return null;
  }
}

/** Changes by hand: transition, edit, comment, move, delete, and of the work on it, as one of the people of the site. */
export function registerIssueActions(app: FastifyInstance, view: View): void {
  registerForms(app, (pages) => {
    pages.post('/person', (request, reply) => {
      const { person, back } = z.object({ person: text, back: text }).parse(request.body);
      reply.header('set-cookie', `${PERSON}=${encodeURIComponent(person)}; Path=/; HttpOnly; SameSite=Strict`);
      return reply.redirect(/^\/[^/\\]/.test(back) ? back : '/', 303);
    });
    pages.post<{ Params: { key: string; action: string } }>('/browse/:key/:action', (request, reply) =>
      answer(view, request, reply),
    );
  });
}

function answer(
  view: View,
  request: FastifyRequest<{ Params: { key: string; action: string } }>,
  reply: FastifyReply,
): FastifyReply {
  const { key, action } = request.params;
  const issue = view.site.findIssue(key);
  if (!issue || !(isAction(action) || isWorklogAction(action))) return reply.status(404).send(notFoundPage(key));
  const project = view.site.projects.get(issue.projectId)?.key ?? '';
  const actor = personOf(view, request);
  try {
    if (isWorklogAction(action)) {
      actOnWork(view, actor, issue, action, request.body);
      return reply.redirect(`/browse/${issue.key}`, 303);
    }
    const after = act(view, actor, issue, action, request.body);
    return reply.redirect(after ? `/browse/${after.key}` : `/projects/${project}`, 303);
  } catch (cause) {
    if (!(cause instanceof JiraError || cause instanceof z.ZodError)) throw cause;
    const problems =
      cause instanceof JiraError
        ? [...cause.errorMessages, ...Object.values(cause.errors)]
        : cause.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return reply.status(400).send(refusal(`${issue.key} was not changed`, problems, `/browse/${issue.key}`));
  }
}
