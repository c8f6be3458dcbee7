import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { JiraError } from '../../jira-error';
import { addWorklog } from '../../operations/worklogs';
import type { TempoProjectRow } from '../../site/rows';
import type { Site } from '../../site/site';
import { isDay } from '../../site/timestamps';
import { amountView, budgetView, laborView, projectView, tempoWorklogView, workOf } from './project-views';
import { TempoError } from './tempo-error';
import { registerTimesheetApprovals } from './timesheet-approvals';

const day = z.string().refine(isDay, 'must be yyyy-MM-dd');
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code');
const projectInput = z.looseObject({
  name: z.string().min(1),
  currencyCode: currency.default('CAD'),
  type: z.enum(['MONETARY_BASED', 'TIME_BASED']).default('MONETARY_BASED'),
  scope: z.looseObject({ type: z.string().transform((type) => type.toUpperCase()), reference: z.string() }).optional(),
});
const timeframeInput = z.object({ startDate: day, endDate: day });
const expenseInput = z.looseObject({ date: day, value: z.number().nonnegative() });
const worklogInput = z.looseObject({
  issueId: z.number().int(),
  timeSpentSeconds: z.number().int().positive(),
  startDate: day,
  startTime: z.string().default('09:00:00'),
  authorAccountId: z.string(),
});
const listQuery = z.looseObject({
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().positive().max(1_000).default(50),
  to: day.optional(),
  projectId: z.union([z.string(), z.array(z.string())]).optional(),
});
const params = z.record(z.string(), z.string());

const hash = (text: string) => createHash('sha256').update(text).digest();

/** Tempo numbers its projects by itself, far from Jira's numbers. */
export const FIRST_TEMPO_PROJECT = 700_001;

function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new TempoError(400, `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}`.trim());
}

/** A page of a list, with the address of the next. */
function page(site: Site, request: FastifyRequest, rows: readonly unknown[]) {
  const { offset, limit } = parse(listQuery, request.query);
  const results = rows.slice(offset, offset + limit);
  const path = request.url.split('?')[0];
  const more = offset + limit < rows.length;
  return {
    self: `${site.options.publicUrl}${request.url}`,
    metadata: {
      count: results.length,
      offset,
      limit,
      ...(more ? { next: `${site.options.publicUrl}${path}?offset=${offset + limit}&limit=${limit}` } : {}),
    },
    results,
  };
}

/**
 * Tempo Cloud's REST API 4 as far as budgets go: projects made of Jira projects, their budget, timeframe, currency, actuals, and
 * worklogs, which are Jira's own. Its errors, numbers and token are not Jira's.
 */
export function registerTempoCloud(app: FastifyInstance, site: Site, token: string): void {
  app.register(async (tempo) => {
    tempo.setErrorHandler((error, request, reply) => {
      const refused = error instanceof TempoError || error instanceof JiraError;
      const status = refused ? error.status : 500;
      if (!refused) request.log.error(error);
      const message =
        error instanceof JiraError ? error.errorMessages.join(' ') : refused ? error.message : 'Internal error';
      return reply.status(status).send({ errors: [{ message }] });
    });
    tempo.addHook('onRequest', async (request) => {
      const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      if (!timingSafeEqual(hash(given), hash(token))) throw new TempoError(401, 'Unauthorized');
    });
    const find = (request: FastifyRequest): TempoProjectRow => {
      const project = site.tempoProjects.get(parse(params, request.params)['id'] ?? '');
      if (!project) throw new TempoError(404, 'Project not found');
      return project;
    };
    const put = (project: TempoProjectRow): TempoProjectRow => site.tempoProjects.put<TempoProjectRow>(project);
    const today = () => site.now().slice(0, 10);

    tempo.get('/4/projects', (request) =>
      page(
        site,
        request,
        site.tempoProjects.all().map((project) => projectView(site, project)),
      ),
    );
    tempo.post('/4/projects', (request) => {
      const input = parse(projectInput, request.body);
      const { scope } = input;
      if (scope?.type === 'JIRA_PROJECTS' && !scope.reference.split(',').every((id) => site.projects.get(id.trim())))
        throw new TempoError(400, 'The scope of the project is invalid');
      const project = put({
        id: site.nextId('tempo-project', FIRST_TEMPO_PROJECT),
        name: input.name,
        currency: input.currencyCode,
        type: input.type,
        scope: scope ? { type: scope.type, reference: scope.reference } : null,
        budget: null,
        timeframe: null,
        expenses: [],
      });
      return projectView(site, project);
    });
    tempo.get('/4/projects/:id', (request) => projectView(site, find(request)));
    tempo.get('/4/projects/:id/budget', (request, reply) => {
      const project = find(request);
      return project.budget === null ? reply.status(204).send() : budgetView(site, project);
    });
    tempo.put('/4/projects/:id/budget/:value', (request) => {
      const project = find(request);
      const budget = Number(parse(params, request.params)['value']);
      if (!Number.isFinite(budget) || budget < 0) throw new TempoError(400, 'The budget must be a number');
      return budgetView(site, put({ ...project, budget }));
    });
    tempo.put('/4/projects/:id/currency/:code', (request) => {
      const project = find(request);
      return projectView(site, put({ ...project, currency: parse(currency, parse(params, request.params)['code']) }));
    });
    tempo.get('/4/projects/:id/timeframe', (request, reply) => find(request).timeframe ?? reply.status(204).send());
    tempo.put('/4/projects/:id/timeframe', (request) => {
      const timeframe = parse(timeframeInput, request.body);
      if (timeframe.startDate > timeframe.endDate) throw new TempoError(400, 'The end lies before the start');
      return put({ ...find(request), timeframe }).timeframe;
    });
    tempo.get('/4/projects/:id/actuals/labor', (request) => {
      const project = find(request);
      const to = parse(listQuery, request.query).to ?? today();
      const work = workOf(site, project, to);
      return page(
        site,
        request,
        work.map((worklog) => laborView(site, project, worklog)),
      );
    });
    tempo.get('/4/projects/:id/actuals/expenses', (request) => {
      const project = find(request);
      const to = parse(listQuery, request.query).to ?? today();
      const due = project.expenses.filter((expense) => expense.date <= to);
      return page(
        site,
        request,
        due.map((expense) => ({
          date: expense.date,
          cost: amountView(project, expense.value),
          expense: { self: `${site.options.publicUrl}/4/projects/${project.id}/expenses/${expense.id}` },
        })),
      );
    });
    tempo.post('/4/projects/:id/expenses', (request) => {
      const project = find(request);
      const { date, value } = parse(expenseInput, request.body);
      const expense = { id: site.nextId('tempo-expense', 1), date, value };
      put({ ...project, expenses: [...project.expenses, expense] });
      return expense;
    });
    registerTimesheetApprovals(tempo, site);
    tempo.get('/4/worklogs', (request) => {
      const wanted = [parse(listQuery, request.query).projectId ?? []].flat();
      const rows = site.worklogs
        .all()
        .filter(({ issueId }) => wanted.length === 0 || wanted.includes(site.issues.get(issueId)?.projectId ?? ''));
      return page(
        site,
        request,
        rows.map((worklog) => tempoWorklogView(site, worklog)),
      );
    });
    tempo.post('/4/worklogs', (request) => {
      const input = parse(worklogInput, request.body);
      const issue = site.issues.get(String(input.issueId));
      if (!issue) throw new TempoError(400, 'Issue not found');
      const actor = site.findUser(input.authorAccountId);
      if (!actor) throw new TempoError(400, 'User not found');
      const started = `${input.startDate}T${input.startTime}.000+0000`;
      const worklog = addWorklog({ site, edition: 'cloud', version: 3 }, actor, issue, {
        started,
        timeSpentSeconds: input.timeSpentSeconds,
        comment: undefined,
      });
      return tempoWorklogView(site, worklog);
    });
  });
}
