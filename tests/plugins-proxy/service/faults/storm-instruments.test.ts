import Fastify from 'fastify';
import { watchAppliedVersions } from './applied-versions';
import { createOverlapDetector, seenRequest } from './overlap-detector';

const requestsOf = (replica: string) =>
  [
    '/rest/api/3/project/10150?expand=lead',
    '/rest/api/3/search/jql?jql=project+%3D+10150&fields=timespent',
    '/rest/api/3/issue/7/worklog?startAt=0',
  ].map((url) => seenRequest(replica, 'GET', url, (id) => (id === '7' ? '10150' : undefined)));

describe('the overlap detector', () => {
  const judge = (seen: readonly (ReturnType<typeof seenRequest> | undefined)[]) => {
    const detector = createOverlapDetector();
    for (const one of seen) if (one) detector.note(one);
    return detector;
  };

  test('says nothing of replicas that take turns, also where one is killed in the middle', () => {
    const [a, b] = [requestsOf('a'), requestsOf('b')];
    const detector = judge([...a, ...b, a[0], a[1], ...b, ...a]);
    expect(detector.seen()).toBe(14);
    expect(detector.overlaps).toEqual([]);
  });

  test('names the two when one goes on after the other has begun', () => {
    const [a, b] = [requestsOf('a'), requestsOf('b')];
    const detector = judge([a[0], a[1], b[0], a[2]]);
    expect(detector.overlaps).toEqual([{ projectId: '10150', interrupted: 'a', by: 'b' }]);
  });

  test('leaves the look-up of an issue and requests about no project alone', () => {
    expect(seenRequest('a', 'GET', '/rest/api/3/issue/7?fields=project', () => '10150')).toBeNull();
    expect(seenRequest('a', 'GET', '/rest/api/3/myself', () => '10150')).toBeNull();
  });
});

describe('the watch on applied versions', () => {
  const changeSet = (version: string, columns: string): string =>
    [
      '--changeset_1',
      'Content-ID: 1',
      '',
      'PATCH http://x/api/data/v9.2/crmjira_budget_mappings(AAAAAAAA-0000-4000-8000-000000000001) HTTP/1.1',
      `If-Match: ${version}`,
      '',
      columns,
      '--changeset_1--',
    ].join('\r\n');

  test('counts each version once, and none that was refused or got no figures', async () => {
    const app = Fastify();
    let status = 204;
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    const applied = watchAppliedVersions(app);
    app.post('/$batch', async () => Buffer.from(`HTTP/1.1 ${status} x`));
    const send = (version: string, columns: string) =>
      app.inject({
        method: 'POST',
        url: '/$batch',
        headers: { 'content-type': 'multipart/mixed' },
        payload: changeSet(version, columns),
      });
    await send('W/"1"', '{"crmjira_spent_amount":1}');
    await send('W/"1"', '{"crmjira_spent_amount":1}');
    await send('W/"2"', '{"crmjira_jira_lead":"x"}');
    status = 412;
    await send('W/"3"', '{"crmjira_spent_amount":1}');
    expect([...applied].map(([id, versions]) => [id, [...versions]])).toEqual([
      ['aaaaaaaa-0000-4000-8000-000000000001', ['W/"1"']],
    ]);
    await app.close();
  });
});
