import { jiraAnswers } from '../../../plugins-proxy/src/clients/jira/classify-jira-answer';
import { Refusal } from '../../../plugins-proxy/src/platform/http-client/create-classifier';

const now = Date.parse('2025-01-20T17:30:00Z');
const json = { 'content-type': 'application/json;charset=UTF-8' };
const html = { 'content-type': 'text/html; charset=utf-8' };

describe('an answer of Jira that is no success', () => {
  test.each([
    [
      401,
      json,
      '{"message":"Client must be authenticated to access this resource.","status-code":401}',
      'configuration',
      /credentials/,
    ],
    [
      403,
      json,
      '{"errorMessages":["You do not have permission to create projects."],"errors":{}}',
      'configuration',
      /permission to create projects/,
    ],
    [
      404,
      json,
      '{"errorMessages":["No project could be found with key"],"errors":{}}',
      'permanent',
      /does not have this/,
    ],
    [404, html, '<html>default backend</html>', 'transient', /something answered with a web page .*\(404\)/],
    [404, { 'content-type': 'text/plain' }, 'default backend - 404', 'transient', /check JIRA_URL/],
    [429, html, '<html>Too many requests</html>', 'transient', /slow down/],
    [502, html, '<html><h1>502 Bad Gateway</h1></html>', 'transient', /not available just now \(502\)/],
    [503, json, '', 'transient', /not available just now \(503\)/],
    [408, json, '', 'transient', /too long/],
    [410, json, '{"errorMessages":["The requested API has been removed."]}', 'permanent', /has been removed/],
    [200, html, '<html>Log in</html>', 'configuration', /web page instead of data/],
    [302, html, '', 'configuration', /web page instead of data: a sign-in page/],
  ])('%i is %s', (status, headers, text, errorClass, sentence) => {
    const error = jiraAnswers.errorOf({ status, headers, text }, now);
    expect(error.errorClass).toBe(errorClass);
    expect(error.message).toMatch(sentence);
    expect(error.message).not.toMatch(/<html/);
  });

  test('carries both errorMessages and errors, and tells the fields apart (R-412, R-907, E1-F1)', () => {
    const text =
      '{"errorMessages":["Not now."],"errors":{"projectKey":"The project key must not exceed 10 characters in length."}}';
    const error = jiraAnswers.errorOf({ status: 400, headers: json, text }, now);
    expect(error).toBeInstanceOf(Refusal);
    expect(error.message).toBe(
      'Jira refused the request: Not now. projectKey: The project key must not exceed 10 characters in length.',
    );
    expect(error instanceof Refusal && Object.keys(error.fields)).toEqual(['projectKey']);
  });

  test.each([
    ['{"errorMessages":["Issue does not exist."],"errors":[]}', 'Issue does not exist.'],
    ['{"errorMessages":["Not now."],"errors":{"fields":{"summary":"long"}}}', 'Not now.'],
    ['{"errorMessages":"no list","errors":{"name":"A project with that name already exists."}}', 'name: A project'],
  ])('R-907 a part of another form hides no other: %s', (text, words) => {
    expect(jiraAnswers.errorOf({ status: 400, headers: json, text }, now).message).toContain(words);
  });

  test('keeps the time it asks to wait', () => {
    const headers = { ...json, 'retry-after': '12', 'ratelimit-reason': 'jira-burst-based' };
    expect(jiraAnswers.errorOf({ status: 429, headers, text: '' }, now).retryAfterMs).toBe(12_000);
  });
});
