// by path: the package exports itself to `import` only, and jest resolves as `require` does
import { createClient } from '../../node_modules/jira.js/dist/core/index.js';
import { PAT, listenJira } from '../sandbox/jira/start-jira';

interface Found {
  readonly total: number;
  readonly issues: readonly { readonly key: string; readonly fields: { readonly timespent: number } }[];
}

test('a client with a personal access token completes a session on REST v2, as on Data Center 10', async () => {
  const { jira, url } = await listenJira();
  try {
    const client = createClient({ host: url, auth: { type: 'bearer', token: PAT } });
    // jira.js sends and retries; there is no schema of Data Center to check with, so the type is what this test reads
    const send = <Answer>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
      client.sendRequest<Answer>({ url: `/rest/api/2${path}`, method, ...(body === undefined ? {} : { body }) });

    const me = await send<{ name: string; key: string }>('GET', '/myself');
    expect(me).toMatchObject({ name: 'powerplatform-integration', key: expect.stringMatching(/^JIRAUSER/) });
    expect(me).not.toHaveProperty('accountId');
    const project = await send<{ id: number }>('POST', '/project', {
      key: 'CRMWYVLZZJ',
      name: 'Digital Transformation Project - Acme Corp',
      projectTypeKey: 'software',
      projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-scrum-template',
      lead: me.name,
    });
    expect(project.id).toBe(10150);
    const epic = await send<{ key: string }>('POST', '/issue', {
      fields: {
        project: { id: String(project.id) },
        issuetype: { name: 'Epic' },
        summary: 'Root',
        customfield_10011: 'Root',
        customfield_10102: { value: 'Draft' },
      },
    });
    await send('POST', `/issue/${epic.key}/worklog`, {
      timeSpent: '1d',
      started: '2025-01-20T09:00:00.000+0000',
      comment: 'text',
    });
    const found = await send<Found>('POST', '/search', { jql: `project = ${project.id}`, fields: ['timespent'] });
    expect(found).toMatchObject({ total: 1, issues: [{ key: 'CRMWYVLZZJ-1', fields: { timespent: 28800 } }] });
    await send('PUT', '/project/CRMWYVLZZJ/archive');
    expect(await send('GET', '/project/CRMWYVLZZJ')).toMatchObject({ archived: true });
    await send('DELETE', '/project/CRMWYVLZZJ');
    await expect(send('GET', '/project/CRMWYVLZZJ')).rejects.toMatchObject({ status: 404 });
  } finally {
    await jira.close();
  }
});
