import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackages, type SolutionPackage } from '../../solution/tools/package/build-packages';
import { checkSchemas } from '../../solution/tools/package/schemas/check-schemas';
import { NEWER_ATTRIBUTES, NEWER_ELEMENTS } from '../../solution/tools/package/schemas/newer-than-schemas';
import { readXml } from '../../solution/tools/package/solution-files';
import { descendants } from '../../solution/tools/xml/descendants';
import { REPOSITORY, SOLUTION_SOURCE } from './solution-folder';
import { withSchemas } from './with-schemas';

const packages = buildPackages(REPOSITORY);
const [connector, , main] = packages as [SolutionPackage, SolutionPackage, SolutionPackage];

withSchemas("Microsoft's schemas find nothing wrong with the packages", async (schemas) => {
  expect(await checkSchemas(schemas, packages)).toEqual([]);
});

/** Each in a file of its own: what is replaced by what, and what is said of the line that has `at`, this many lines further down. */
const BROKEN = [
  {
    what: 'a form whose elements are out of order',
    file: 'Entities/crmjira_budget_alert/FormXml/main/{35f69310-2599-55dc-8aed-6297eb895a02}.xml',
    from: /( *<labels>\n.*Crossing Number[^]*?<\/labels>\n)( *<control [^]*?\/>\n)/,
    to: '$2$1',
    at: 'description="Crossing Number"',
    down: -1,
    said: "Element 'control': It stands before 'labels', exports have it behind.",
  },
  {
    what: 'a form with an attribute that forms do not have',
    file: 'Entities/Opportunity/FormXml/main/{d3090515-913f-5280-9ee8-d798a5a7d658}.xml',
    from: /<section name="people"/,
    to: '<section colour="red" name="people"',
    at: '<section name="people"',
    down: 0,
    said: "Element 'section', attribute 'colour': The attribute 'colour' is not allowed.",
  },
  {
    what: 'a process record whose elements are out of order',
    file: 'Workflows/DailyJIRABudgetSync-CB40E210-7119-51C5-814A-7D59BFDB7C4A.json.data.xml',
    from: /(DailyJIRABudgetSync-CB40E210[^]*?)( *<Type>1<\/Type>\n)( *<Subprocess>0<\/Subprocess>\n)/,
    to: '$1$3$2',
    at: '<Type>',
    down: 1,
    said: "Element 'Type': This element is not expected.",
  },
  {
    what: 'a query with an unknown operator',
    file: 'Entities/crmjira_integration_log/SavedQueries/{07e6824a-6ec2-5197-9bb8-725191ecb9c8}.xml',
    from: /operator="last-x-hours"/,
    to: 'operator="lately"',
    at: 'operator="last-x-hours"',
    down: 0,
    said: "attribute 'operator': [facet 'enumeration'] The value 'lately' is not an element of the set",
  },
  {
    what: 'a chart with a category without figures',
    file: 'Entities/crmjira_integration_log/Visualizations/{0E9BD781-6C6D-51C4-AB76-521BDF1A7119}.xml',
    from: /(<category alias="operation">\n)[^]*?( *<\/category>)/,
    to: '$1$2',
    at: '<category alias="operation">',
    down: 0,
    said: "Element 'category': Missing child element(s). Expected is ( measurecollection ).",
  },
  {
    what: 'a site map with an area without id',
    file: 'AppModuleSiteMaps/crmjira_ProjectBudgets/AppModuleSiteMap.xml',
    from: /<Area Id="[^"]+"/,
    to: '<Area',
    at: '<Area Id=',
    down: 0,
    said: "Element 'Area': The attribute 'Id' is required but missing.",
  },
  {
    what: 'a button with a misspelt attribute',
    file: 'Entities/Opportunity/RibbonDiff.xml',
    // other tables have buttons too, and stand before it
    from: /(<Button Command="crmjira\.opportunity\.[^>]*?) LabelText=/,
    to: '$1 LabelTekst=',
    at: '<Button ',
    down: 0,
    said: "attribute 'LabelTekst': The attribute 'LabelTekst' is not allowed.",
  },
] as const;

withSchemas('what is broken is named by file and line of the source, and nothing else is', async (schemas) => {
  const xml = BROKEN.reduce(
    (before, { what, from, to }) => {
      const after = before.replace(from, to);
      if (after === before) throw new Error(`There is nothing to break: ${what}.`);
      return after;
    },
    new TextDecoder().decode(main.parts.get('customizations.xml')),
  );
  const parts = new Map([...main.parts, ['customizations.xml', new TextEncoder().encode(xml)]]);
  const problems = await checkSchemas(schemas, [{ ...main, parts }]);
  for (const { what, file, at, down, said } of BROKEN) {
    const source = readFileSync(join(SOLUTION_SOURCE, file), 'utf8').split('\n');
    const line = source.findIndex((text) => text.includes(at)) + 1 + down;
    const found = problems.filter((each) => each.includes(file));
    const expected = expect.stringContaining(`${main.fileName}: ${file}, line ${line}: `);
    expect([what, found]).toEqual([what, [expected]]);
    expect([what, found]).toEqual([what, [expect.stringContaining(said)]]);
  }
  expect(problems).toHaveLength(BROKEN.length);
});

test('what is left out because the schemas are older than it is still written', () => {
  const nodes = [connector, main].map(({ parts }) => readXml(parts, 'customizations.xml')).flatMap(descendants);
  const unused = [
    ...Object.entries(NEWER_ELEMENTS).flatMap(([parent, elements]) =>
      elements
        .filter(
          (name) => !nodes.some((node) => node.name === parent && node.children.some((child) => child.name === name)),
        )
        .map((name) => `<${name}> in <${parent}>`),
    ),
    ...Object.entries(NEWER_ATTRIBUTES).flatMap(([element, attributes]) =>
      attributes
        .filter((name) => !nodes.some((node) => node.name === element && node.attributes.some(([key]) => key === name)))
        .map((name) => `${name} of <${element}>`),
    ),
  ];
  expect(unused).toEqual([]);
});
