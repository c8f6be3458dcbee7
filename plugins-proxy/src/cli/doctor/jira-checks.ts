import { z } from 'zod';
import { classifyError } from '../../platform/errors/classify-error';
import { adminWebhooks } from '../../clients/jira/admin-webhooks';
import { DeploymentRefusal } from '../../clients/jira/require-deployment';
import { resolveFields } from '../../clients/jira/resolve-fields';
import { webhookAddress, webhookName, withoutQuery } from '../../operations/registration/register-jira-webhook';
import type { JiraFound } from '../../connections/providers/jira-provider';
import { requireFound, type TestResult } from '../../connections/providers/provider';
import type { Session } from '../session';
import { type Check, failed, type Finding, ok, skipped, warning } from './check';
import { remedyFor } from './of-connection';
import { askHealth } from './store-check';

const permissionsAnswer = z.object({
  permissions: z.record(z.string(), z.object({ name: z.string().optional(), havePermission: z.boolean() })),
});

/**
 * Permissions by the names that Jira knows (R-414 and the Reality beside it: VIEW_VERSION_CONTROL is VIEW_DEV_TOOLS in Jira;
 * BUDGET_VIEW, BUDGET_EDIT and TIMESHEET_VIEW belong to the budget module and are not Jira's to tell of).
 */
const permissions = {
  ADMINISTER: 'create, archive and restore projects',
  BROWSE_PROJECTS: 'see projects',
  ADMINISTER_PROJECTS: 'mark projects as ours',
  CREATE_ISSUES: 'create the root issue',
  EDIT_ISSUES: 'keep its fields up to date',
  WORK_ON_ISSUES: 'read logged work',
  VIEW_DEV_TOOLS: 'see development information',
  MANAGE_WATCHERS: 'manage watchers',
} as const;

const credentialsRemedy = (session: Session): string =>
  remedyFor(
    session,
    'Renew the token of the integration account and store it as JIRA_API_TOKEN or JIRA_PAT.',
    'renew the token of its account and enter it there.',
  );
const deploymentRemedy = (session: Session, remedy: string): string =>
  remedyFor(session, remedy, 'make its deployment and its kind of sign-in fit the site.');
const kinds = {
  basic: 'e-mail and API token',
  bearer: 'personal access token',
  password: 'user and password',
} as const;
const webhookRemedy =
  'Run "crmjira register-steps": it makes one for this environment and leaves those of others alone. The integration account needs Administer Jira for it.';

async function reachable(session: Session, test: () => Promise<TestResult<JiraFound>>): Promise<Finding> {
  const { environmentSettings } = session;
  // Whether the settings can be read is another check's finding.
  const unread = await environmentSettings.settings().then(
    () => null,
    (error: unknown) => classifyError(error),
  );
  const tested = await test();
  const { deployment } = tested.found;
  if (deployment)
    return deployment.verdict === 'fits'
      ? ok(deployment.says)
      : warning(deployment.says, deploymentRemedy(session, deployment.remedy));
  if (tested.ok) return ok('answers');
  const { error } = tested;
  if (error instanceof DeploymentRefusal)
    return failed(error.judgement.says, deploymentRemedy(session, error.judgement.remedy));
  // It answers, only not to this account: that is the next check's finding.
  if (error.code === 'jira-credentials') return ok('answers, but not to these credentials');
  // Which hosts may be called stands in the settings: what keeps those from being read is no fault of Jira's.
  if (error.message === unread?.message)
    return skipped(`not asked, as the settings in Dataverse cannot be read: ${unread.message}`);
  throw error;
}

async function credentials({ connection }: Session, test: () => Promise<TestResult<JiraFound>>): Promise<Finding> {
  const { account } = requireFound(await test());
  return ok(`${account.displayName}, by ${kinds[connection.credentials.current().kind]}`);
}

async function allowed({ connection: { site } }: Session): Promise<Finding> {
  const names = Object.keys(permissions);
  const answer = await site.http.call({
    method: 'GET',
    path: `${site.profile.api}/mypermissions`,
    query: { permissions: names.join(',') },
    schema: permissionsAnswer,
  });
  const missing = Object.entries(permissions).filter(([name]) => answer.permissions[name]?.havePermission !== true);
  if (missing.length === 0) return ok(names.join(', '));
  return failed(
    `missing: ${missing.map(([name, why]) => `${name} (to ${why})`).join(', ')}`,
    'Put the integration account into the group jira-administrators, or grant these in the permission schemes.',
  );
}

async function webhook({ config, connection }: Session): Promise<Finding> {
  const { site } = connection;
  const url = webhookAddress({ publicUrl: config.publicUrl, connectionId: connection.id });
  if (connection.webhook.verification === 'bearer')
    return ok(`nothing to register: the sender of ${url} shows a token, which Jira's own webhooks cannot`);
  const all = await (await adminWebhooks(site)).list();
  const ours = all.filter((one) => withoutQuery(one.url) === url);
  const [first] = ours;
  if (first === undefined) {
    const others = all.filter((one) => one.name.startsWith(webhookName)).map((one) => withoutQuery(one.url));
    const words = others.length === 0 ? '' : `; those of other environments call ${others.join(', ')}`;
    return failed(`no webhook calls ${url}${words}`, webhookRemedy);
  }
  if (!first.enabled)
    return failed(`the webhook ${first.name} is switched off`, 'Enable it in Jira, or run "crmjira register-steps".');
  if (ours.length > 1)
    return warning(
      `${ours.length} webhooks call ${url}`,
      'Delete all but one in Jira; each event comes several times.',
    );
  // Whether the service answers is another check's finding.
  const arriving = await askHealth(config).catch(() => null);
  const webhooks = arriving?.connections?.find(({ id }) => id === connection.id)?.webhooks;
  if (webhooks?.ok === false)
    return failed(`${webhooks.says ?? 'Webhooks do not arrive.'} (${url})`, webhooks.remedy ?? webhookRemedy);
  return ok(`${first.name} with ${first.events.length} events`);
}

/** Jira: there, ours to use, and telling us of changes. */
export function jiraChecks(session: Session): readonly Check[] {
  // Once for the checks that look at different parts of it.
  let tested: Promise<TestResult<JiraFound>> | null = null;
  const test = (): Promise<TestResult<JiraFound>> => (tested ??= session.connection.provider.test());
  return [
    {
      id: 'jira',
      title: 'Jira is reachable',
      remedy: remedyFor(
        session,
        'Check JIRA_URL, and that nothing between here and Jira holds the call up.',
        'check its address, and that nothing between here and Jira holds the call up.',
      ),
      look: () => reachable(session, test),
    },
    {
      id: 'credentials',
      title: 'Jira knows the integration account',
      needs: ['jira'],
      remedy: credentialsRemedy(session),
      look: () => credentials(session, test),
    },
    {
      id: 'permissions',
      title: 'Permissions in Jira',
      needs: ['credentials'],
      remedy: credentialsRemedy(session),
      look: () => allowed(session),
    },
    {
      id: 'fields',
      title: 'Custom fields of the root issue',
      needs: ['credentials', 'environment-variables'],
      remedy: remedyFor(
        session,
        'Create the four fields, or name their ids in crmjira_FieldIds.',
        'create the four fields in its Jira, or name their ids in its configuration (fieldIds).',
      ),
      look: async () => {
        const { connection, environmentSettings } = session;
        const fieldIds = connection.config?.fieldIds ?? (await environmentSettings.settings()).fieldIds;
        const { opportunityId, accountId, budgetStatus, approvedAmount } = await resolveFields(
          connection.site,
          fieldIds,
        );
        return ok([opportunityId, accountId, budgetStatus, approvedAmount].join(', '));
      },
    },
    {
      id: 'webhook',
      title: 'Webhook in Jira',
      needs: ['credentials'],
      remedy: webhookRemedy,
      look: () => webhook(session),
    },
  ];
}
