import { linkTarget } from '@crmjira/domain';

const cloud = '5a8d2c1e-0000-4000-8000-000000000c01';
const plant = '5a8d2c1e-0000-4000-8000-000000000c02';
const below = '5a8d2c1e-0000-4000-8000-000000000c03';
const connections = [
  { id: cloud, url: 'https://company.atlassian.net' },
  { id: plant, url: 'https://jira.plant.example:8443' },
  { id: below, url: 'https://jira.plant.example:8443/second/' },
  { id: '5a8d2c1e-0000-4000-8000-000000000c04', url: null },
];

test.each([
  [' ALPHA ', null, 'ALPHA'],
  ['10150', null, '10150'],
  [`${plant}/ALPHA`, plant, 'ALPHA'],
  [`${plant.toUpperCase()}/10150`, plant, '10150'],
  ['https://company.atlassian.net/browse/ALPHA', cloud, 'ALPHA'],
  ['HTTPS://Company.Atlassian.net/browse/ALPHA-12?focusedId=1', cloud, 'ALPHA'],
  ['https://company.atlassian.net/jira/software/c/projects/ALPHA/boards/1', cloud, 'ALPHA'],
  ['https://jira.plant.example:8443/projects/ALPHA/issues/ALPHA-3?filter=x', plant, 'ALPHA'],
  ['https://jira.plant.example:8443/second/browse/ALPHA/', below, 'ALPHA'],
])('R-2303 %s means a project', (argument, connectionId, project) =>
  expect(linkTarget(argument, connections)).toEqual({ connectionId, project }),
);

test.each([
  'https://other.example/browse/ALPHA',
  'https://jira.plant.example/browse/ALPHA',
  'https://company.atlassian.net/issues/?jql=project%20%3D%20ALPHA',
  'https://',
  `${cloud.replace('c01', 'cff')}/ALPHA`,
])('R-2303 %s means none of a connected site', (argument) => expect(linkTarget(argument, connections)).toBeNull());
