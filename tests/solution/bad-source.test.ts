import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSolution } from '../../solution/tools/read/read-solution';
import { SolutionSourceError } from '../../solution/tools/solution-source-error';
import { generatedFiles } from '../../solution/tools/write/generated-files';
import { REPOSITORY, SOLUTION_SOURCE } from './solution-folder';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'crmjira-source-'));
  cpSync(SOLUTION_SOURCE, folder, { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the reader says of the source with one file changed; the file is as it was afterwards. */
function refusalOf(path: string, from: string | RegExp, to: string): Error {
  const file = join(folder, path);
  const before = readFileSync(file, 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
  try {
    generatedFiles(readSolution(folder), readSolution(join(REPOSITORY, 'solution', 'cases')));
  } catch (error) {
    if (error instanceof SolutionSourceError) return error;
    throw error;
  } finally {
    writeFileSync(file, before);
  }
  throw new Error(`${path} was taken as it is.`);
}

const MAPPING = 'Entities/crmjira_budget_mapping/Entity.xml';
const SEVERITY = 'OptionSets/crmjira_severity.xml';

test.each([
  ['a file that is no XML', SEVERITY, '</optionset>', '', 'is not well-formed XML'],
  [
    'a label without French',
    SEVERITY,
    /<label description="Faible" languagecode="3084" \/>/,
    '',
    'one text in 3084, has 0',
  ],
  ['an empty label', SEVERITY, 'description="Faible"', 'description=""', 'has no attribute description'],
  ['a value given twice', SEVERITY, '<option value="2"', '<option value="1"', 'has the value 1 twice'],
  ['an unknown column type', MAPPING, '<Type>money</Type>', '<Type>cash</Type>', "has an unknown Type 'cash'"],
  [
    'a choice that is not there',
    MAPPING,
    '>crmjira_budgetstatus<',
    '>crmjira_budgetstate<',
    'which is not in OptionSets/',
  ],
  [
    'a default that is no option',
    MAPPING,
    '<AppDefaultValue>1<',
    '<AppDefaultValue>9<',
    'has the default 9, no option',
  ],
  ['text without a length', MAPPING, /<MaxLength>\d+<\/MaxLength>/, '', 'needs a MaxLength'],
  ['a flag that is no flag', MAPPING, '<IsSecured>0<', '<IsSecured>yes<', "<IsSecured> should be 0 or 1, is 'yes'"],
  [
    'a key on an unknown column',
    MAPPING,
    '<AttributeName>crmjira_opportunity_id<',
    '<AttributeName>crmjira_oportunity_id<',
    'uses the column crmjira_oportunity_id',
  ],
  [
    'a cascade that does not exist',
    'Other/Relationships/Opportunity.xml',
    '<CascadeDelete>RemoveLink<',
    '<CascadeDelete>Remove<',
    "<CascadeDelete> 'Remove' is no cascade behaviour",
  ],
  [
    'a privilege depth that does not exist',
    'Roles/CRM-JIRA Integration User.xml',
    'level="Local"',
    'level="Unit"',
    "level 'Unit' is no privilege depth",
  ],
  [
    'a number that is none',
    'environmentvariabledefinitions/crmjira_BudgetThreshold/environmentvariabledefinition.xml',
    '>10000<',
    '>10,000<',
    "default '10,000' is no number",
  ],
])('%s is refused, naming the file', (_what, path, from, to, words) => {
  const { message } = refusalOf(path, from, to);
  expect(message).toContain(path);
  expect(message).toContain(words);
});

test('a relationship that is missing is told at the lookup that needs it', () => {
  const path = 'Other/Relationships/Opportunity.xml';
  expect(refusalOf(path, '>crmjira_command</Ref', '>crmjira_integration</Ref').message).toContain(
    'Entities/crmjira_command/Entity.xml: <attribute crmjira_opportunity_id> is a lookup without a relationship',
  );
});

test('two options that would have one name in code are refused', () => {
  expect(refusalOf(SEVERITY, 'description="High"', 'description="medium"').message).toContain(
    'OptionSets/crmjira_severity.xml: <options> has two options that are both called Medium',
  );
});
