import { explainSync } from '../../webresources/src/commands/explain';

const id = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
const opportunity = 'b1b2c3d4-e5f6-7890-abcd-ef1234567890';

let opened: unknown[];
let said: string[];
let mapping: Record<string, unknown>;

beforeEach(() => {
  opened = [];
  said = [];
  mapping = { _crmjira_opportunity_id_value: opportunity.toUpperCase() };
  Object.assign(globalThis, {
    Xrm: {
      WebApi: { retrieveRecord: async () => mapping },
      Navigation: {
        navigateTo: async (page: unknown) => void opened.push(page),
        openAlertDialog: async ({ text }: { text: string }) => void said.push(text),
      },
      Utility: { getGlobalContext: () => ({ userSettings: { languageId: 1033 } }) },
    },
  });
});

const formOf = (table: string): Xrm.FormContext =>
  ({ data: { entity: { getEntityName: () => table, getId: () => `{${id.toUpperCase()}}` } } }) as Xrm.FormContext;

test.each([
  ['crmjira_issue_link', id],
  ['opportunity', id],
])('the explanation of %s opens beside its form', async (table, of) => {
  await explainSync(formOf(table));
  expect(opened).toEqual([
    {
      pageType: 'webresource',
      webresourceName: 'crmjira_/pages/explain-sync.html',
      data: `table=${table}&id=${of}`,
    },
  ]);
});

test('a mapping is explained with its opportunity; one that names none says so', async () => {
  await explainSync(formOf('crmjira_budget_mapping'));
  expect(opened).toMatchObject([{ data: `table=opportunity&id=${opportunity}` }]);
  mapping = {};
  await explainSync(formOf('crmjira_budget_mapping'));
  expect(opened).toHaveLength(1);
  expect(said).toEqual(['This budget mapping belongs to no opportunity.']);
});
