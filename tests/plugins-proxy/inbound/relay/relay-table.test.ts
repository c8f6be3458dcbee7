import { matchTarget } from '../../../../plugins-proxy/src/inbound/relay/match-target';
import { relayOperations } from '../../../../plugins-proxy/src/inbound/relay/relay-table';
import { RelayRefusal } from '../../../../plugins-proxy/src/inbound/relay/relay-refusal';

const refused = (method: string, target: string): string => {
  try {
    return `let through as ${matchTarget(method, target).path}`;
  } catch (error) {
    if (error instanceof RelayRefusal) return error.answer;
    throw error;
  }
};

describe('the table of what the relay lets through (R-902)', () => {
  test('is exactly this; a change is a decision about security', () => {
    expect(relayOperations.map(({ method, path, query }) => [method, path, ...Object.keys(query)].join(' '))).toEqual([
      'GET /rest/api/{version}/myself',
      'GET /rest/api/{version}/serverInfo',
      'GET /rest/api/{version}/project/search startAt maxResults query orderBy keys status expand',
      'GET /rest/api/2/project recent expand',
      'GET /rest/api/{version}/project/{project} expand properties',
      'POST /rest/api/{version}/project',
      'GET /rest/api/{version}/projectvalidate/key key',
      'POST /rest/api/{version}/issue',
      'GET /rest/api/{version}/issue/{issue} fields expand properties',
      'PUT /rest/api/{version}/issue/{issue} notifyUsers returnIssue',
      'GET /rest/api/{version}/issue/{issue}/worklog startAt maxResults startedAfter startedBefore expand',
      'POST /rest/api/{version}/issue/{issue}/worklog notifyUsers expand',
      'POST /rest/api/{version}/worklog/list expand',
      'GET /rest/api/3/search/jql fields expand properties jql nextPageToken maxResults fieldsByKeys',
      'GET /rest/api/2/search startAt maxResults jql fields expand',
      'GET /rest/tempo-budgets/1/budget projectKey',
      'POST /rest/tempo-budgets/1/budget',
      'GET /rest/tempo-budgets/1/budget/{budget}',
      'PUT /rest/tempo-budgets/1/budget/{budget}',
      'GET /rest/tempo-budgets/1/budget/{budget}/spending',
      'GET /rest/tempo-timesheets/4/worklogs/project/{project} from to',
    ]);
  });

  test.each([
    ['GET', '/rest/api/3/project/search?query=Acme%20%26%20Co&maxResults=20', undefined],
    ['GET', '/rest/api/2/project/10150', { project: '10150' }],
    ['GET', '/rest/api/3/issue/ACME-12?fields=summary,customfield_10103', { issue: 'ACME-12' }],
    ['PUT', '/rest/api/2/issue/10001', { issue: '10001' }],
    ['GET', '/rest/tempo-budgets/1/budget/COMPUTED-10150/spending', { budget: 'COMPUTED-10150' }],
    ['GET', '/rest/api/3/search/jql?jql=project%20%3D%20ACME%20AND%20updated%20%3E%20-1d', undefined],
    ['GET', '/rest/api/3/projectvalidate/key?key=ACME', undefined],
  ])('lets %s %s through, written anew', (method, path, record) => {
    const target = matchTarget(method, `/relay/jira${path}`);
    const [asked, written] = [new URL(path, 'http://jira'), new URL(target.path, 'http://jira')];
    expect(written.pathname).toBe(asked.pathname);
    expect(Object.fromEntries(written.searchParams)).toEqual(Object.fromEntries(asked.searchParams));
    expect(JSON.parse(target.record)).toEqual(record ?? {});
  });

  test('no value of a path has to be escaped in the JSON of a log line', () => {
    const withRecord = relayOperations.filter(({ path }) => path.replace('{version}', '3').includes('{'));
    expect(withRecord.length).toBeGreaterThan(5);
    for (const { method, path } of withRecord)
      for (const character of ['"', '\\', '\u0000', '\u001f', '\u2028', '\ud800'])
        for (const value of [character, `A${character}`, `ACME-1${character}`, `${character}1`]) {
          const target = path.replace('{version}', '3').replaceAll(/\{\w+\}/g, () => value);
          expect(refused(method, `/relay/jira${target}`)).toBe('notAllowed');
        }
  });

  test.each([
    ['another method', 'DELETE', '/relay/jira/rest/api/3/issue/ACME-1'],
    ['the trace method', 'TRACE', '/relay/jira/rest/api/3/myself'],
    ['a method in lower case', 'get', '/relay/jira/rest/api/3/myself'],
    ['another path', 'GET', '/relay/jira/rest/api/3/users/search'],
    ['administration', 'GET', '/relay/jira/rest/api/3/applicationrole'],
    ['another API version', 'GET', '/relay/jira/rest/api/latest/myself'],
    ['a longer path', 'GET', '/relay/jira/rest/api/3/myself/x'],
    ['a slash at the end', 'GET', '/relay/jira/rest/api/3/myself/'],
    ['a doubled slash', 'GET', '/relay/jira//rest/api/3/myself'],
    ['a doubled slash within', 'GET', '/relay/jira/rest/api/3//myself'],
    ['a host in the path', 'GET', '/relay/jira//169.254.169.254/latest/meta-data'],
    ['an absolute address in the path', 'GET', '/relay/jira/http://169.254.169.254/rest/api/3/myself'],
    ['an absolute request target', 'GET', 'http://169.254.169.254/relay/jira/rest/api/3/myself'],
    ['an authority', 'GET', '//169.254.169.254/relay/jira/rest/api/3/myself'],
    ['IPv6 loopback', 'GET', '/relay/jira/http://[::1]/rest/api/3/myself'],
    ['IPv4 mapped in IPv6', 'GET', '/relay/jira//[::ffff:127.0.0.1]/rest/api/3/myself'],
    ['user information', 'GET', '/relay/jira@127.0.0.1/rest/api/3/myself'],
    ['dot segments', 'GET', '/relay/jira/rest/api/3/issue/../myself'],
    ['encoded dot segments', 'GET', '/relay/jira/rest/api/3/issue/%2e%2e/myself'],
    ['dots twice encoded', 'GET', '/relay/jira/rest/api/3/issue/%252e%252e/myself'],
    ['an encoded slash', 'GET', '/relay/jira/rest/api/3/issue/ACME-1%2Fworklog'],
    ['a slash twice encoded', 'GET', '/relay/jira/rest/api/3/issue/ACME-1%252Fworklog'],
    ['an overlong UTF-8 slash', 'GET', '/relay/jira/rest/api/3/issue/ACME-1%c0%afworklog'],
    ['a backslash', 'GET', '/relay/jira/rest/api/3/issue\\ACME-1'],
    ['an encoded backslash', 'GET', '/relay/jira/rest/api/3/issue/ACME-1%5cx'],
    ['an encoded letter', 'GET', '/relay/jira/rest/api/3/m%79self'],
    ['an encoded prefix', 'GET', '/%72elay/jira/rest/api/3/myself'],
    ['a NUL', 'GET', '/relay/jira/rest/api/3/myself%00'],
    ['a NUL as it is', 'GET', '/relay/jira/rest/api/3/myself\0'],
    ['a line break', 'GET', '/relay/jira/rest/api/3/myself\r\nX: y'],
    ['a line break at the end', 'GET', '/relay/jira/rest/api/3/issue/ACME-1\n'],
    ['a path parameter', 'GET', '/relay/jira/rest/api/3/myself;jsessionid=1'],
    ['a fragment', 'GET', '/relay/jira/rest/api/3/myself#x'],
    ['a key in small letters', 'GET', '/relay/jira/rest/api/3/project/acme'],
    ['an id that starts with 0', 'GET', '/relay/jira/rest/api/3/project/0'],
    ['full-width letters', 'GET', '/relay/jira/rest/api/3/project/ＡＣＭＥ'],
    ['nothing', 'GET', '/relay/jira/'],
    ['the prefix as part of a word', 'GET', '/relay/jirax/rest/api/3/myself'],
    ['rubbish', 'GET', ''],
  ])('refuses %s', (_what, method, target) => {
    expect(refused(method, target)).toBe('notAllowed');
  });

  test.each([
    ['an unknown key', 'myself?expand=groups'],
    ['a key of another operation', 'project/ACME?jql=x'],
    ['a key that every object has', 'myself?constructor=x'],
    ['__proto__', 'myself?__proto__=x'],
    ['a repeated key', 'project/search?query=a&query=b'],
    ['a key repeated in another encoding', 'project/search?query=a&%71uery=b'],
    ['a missing required key', 'search/jql?maxResults=5'],
    ['a number that is none', 'project/search?maxResults=1e9'],
    ['a number too large', 'project/search?maxResults=1000000'],
    ['a NUL in a value', 'project/search?query=a%00b'],
    ['a line break in a value', 'project/search?query=a%0d%0aX-Evil:1'],
    ['bytes that are no UTF-8', 'project/search?query=%ff'],
    ['an overlong encoding', 'project/search?query=%c0%af'],
    ['an endless value', `project/search?query=${'a'.repeat(256)}`],
    ['an empty value', 'project/search?query='],
    ['a second question mark as a key', 'myself??x=1'],
    ['method override', 'myself?_method=DELETE'],
    ['os_authType', 'myself?os_authType=none'],
  ])('refuses in a query %s', (_what, rest) => {
    expect(refused('GET', `/relay/jira/rest/api/3/${rest}`)).toBe('queryNotAllowed');
  });

  test('escapes values, so that none becomes a second parameter', () => {
    const target = matchTarget('GET', '/relay/jira/rest/api/3/project/search?query=a%26status%3Ddeleted%23%2F..');
    expect(target.path).toBe('/rest/api/3/project/search?query=a%26status%3Ddeleted%23%2F..');
  });

  test('refuses an overlong target before looking into it', () => {
    expect(refused('GET', `/relay/jira/rest/api/3/search/jql?jql=${'a'.repeat(9_000)}`)).toBe('tooLong');
  });
});
