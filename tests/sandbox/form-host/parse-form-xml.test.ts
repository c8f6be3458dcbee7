import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseFormXml } from '../../../sandbox/src/form-host/server/parse-form-xml';
import { formFolder, hostFolders } from '../../../sandbox/src/form-host/server/host-folders';

const form = `<forms type="main"><systemform><formid>{AA}</formid><form>
<tabs><tab name="t" id="{t1}" visible="true"><labels><label description="Budget" languagecode="1033"/><label description="Budget (fr)" languagecode="3084"/></labels>
<columns><column width="60%"><sections><section name="s" id="{s1}" showlabel="0" columns="11"><labels><label description="Only English" languagecode="1033"/></labels><rows>
<row><cell id="{c1}" colspan="2"><labels><label description="Amount" languagecode="1033"/></labels><control id="budgetamount" classid="{533b9e00-756b-4312-95a0-dc888637ac78}" datafieldname="budgetamount" disabled="true"/></cell></row>
<row><cell id="{c2}" visible="false"><labels/><control id="x" classid="{F9A8A302-114E-466A-B582-6771B2AE0D92}" datafieldname="crmjira_project_budget" uniqueid="{ABC}"/></cell></row><row/>
</rows></section></sections></column></columns></tab></tabs>
<header><rows><row><cell id="{h1}"><labels><label description="Owner" languagecode="1033"/></labels><control id="ownerid" classid="{270BD3DB-D9AF-4782-9025-509E298DEC0A}" datafieldname="ownerid"/></cell></row></rows></header>
<formLibraries><Library name="crmjira_/scripts/a.js"/><Library name="crmjira_/scripts/b.js"/></formLibraries>
<events><event name="onload"><Handlers><Handler functionName="A.onLoad" libraryName="crmjira_/scripts/a.js" enabled="true" passExecutionContext="true"/><Handler functionName="A.off" libraryName="crmjira_/scripts/a.js" enabled="false"/></Handlers></event>
<event name="onchange" attribute="budgetamount"><Handlers><Handler functionName="A.onChange" libraryName="crmjira_/scripts/a.js" enabled="1" passExecutionContext="1"/></Handlers></event></events>
<controlDescriptions><controlDescription forControl="{abc}"><customControl id="{533B9E00-756B-4312-95A0-DC888637AC78}"><parameters><datafieldname>crmjira_project_budget</datafieldname></parameters></customControl>
<customControl formFactor="1" name="p_Ns.Phone"><parameters/></customControl>
<customControl formFactor="0" name="p_Ns.Burn"><parameters><budget>crmjira_project_budget</budget><max static="true" type="Whole.None">100</max></parameters></customControl></controlDescription></controlDescriptions>
</form></systemform></forms>`;

const parsed = parseFormXml(form);
const [tab] = parsed.tabs;
const [section] = tab?.columns[0]?.sections ?? [];

test('labels stand in both languages, English where French is missing', () => {
  expect(tab?.label).toEqual({ 1033: 'Budget', 3084: 'Budget (fr)' });
  expect(section?.label).toEqual({ 1033: 'Only English', 3084: 'Only English' });
});

test('a section knows how many cells stand side by side and whether it shows its label', () => {
  expect(section).toMatchObject({ columns: 2, showLabel: false });
});

test('a native control is known by its class id in any case', () => {
  expect(section?.rows[0]?.[0]).toMatchObject({
    columnSpan: 2,
    control: { kind: 'money', column: 'budgetamount', disabled: true, custom: null },
  });
});

test('a code component is the one for the web, with bound and constant parameters', () => {
  expect(section?.rows[1]?.[0]).toMatchObject({
    visible: false,
    control: {
      kind: 'custom',
      custom: {
        name: 'p_Ns.Burn',
        parameters: { budget: { column: 'crmjira_project_budget' }, max: { constant: '100' } },
      },
    },
  });
});

test('header, libraries in order and enabled handlers are read', () => {
  expect(parsed.header.map((cell) => cell.control?.column)).toEqual(['ownerid']);
  expect(parsed.libraries).toEqual(['crmjira_/scripts/a.js', 'crmjira_/scripts/b.js']);
  expect(parsed.handlers).toEqual([
    {
      event: 'onload',
      attribute: null,
      functionName: 'A.onLoad',
      library: 'crmjira_/scripts/a.js',
      passExecutionContext: true,
    },
    {
      event: 'onchange',
      attribute: 'budgetamount',
      functionName: 'A.onChange',
      library: 'crmjira_/scripts/a.js',
      passExecutionContext: true,
    },
  ]);
});

test('a file without a form is refused with a reason', () => {
  expect(() => parseFormXml('<forms/>')).toThrow('no <form> element');
});

test('the solution places both controls and the script on the Opportunity form (R-201, R-202, R-203)', () => {
  const folder = formFolder(hostFolders, 'opportunity');
  const [file = ''] = readdirSync(folder);
  const real = parseFormXml(readFileSync(join(folder, file), 'utf8'));
  const cells = real.tabs.flatMap((one) =>
    one.columns.flatMap((column) => column.sections.flatMap((part) => part.rows.flat())),
  );
  const custom = cells.flatMap((cell) => cell.control?.custom?.name ?? []);
  expect(custom).toEqual(expect.arrayContaining(['crmjira_CrmJira.BudgetBurn', 'crmjira_CrmJira.JiraProject']));
  expect(real.handlers.map((handler) => handler.functionName)).toEqual(
    expect.arrayContaining(['CrmJira.OpportunityForm.onLoad', 'CrmJira.OpportunityForm.onBudgetAmountChange']),
  );
  expect(cells.every((cell) => cell.control === null || cell.control.kind !== 'unknown')).toBe(true);
});
