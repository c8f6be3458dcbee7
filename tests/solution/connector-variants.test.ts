import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNeededSettings } from '../../solution/tools/deployment/needed-settings';
import { acceptedWarnings, judge } from '../../solution/tools/package/accepted-warnings';
import { buildPackages } from '../../solution/tools/package/build-packages';
import { checkPackage } from '../../solution/tools/package/check-package';
import { askOracle, findOracle } from '../../solution/tools/package/oracle';
import { checkSchemas } from '../../solution/tools/package/schemas/check-schemas';
import { withSchemas } from './with-schemas';
import { packagePath } from '../../solution/tools/package/package-paths';
import { CONNECTOR_VARIANTS } from '../../solution/tools/connector-variant';
import { REPOSITORY } from './solution-folder';

const ORACLE = findOracle(REPOSITORY);
const SWAGGER = 'Connector/crmjira_5Fjirabudget_openapidefinition.json';
const PARAMETERS = 'Connector/crmjira_5Fjirabudget_connectionparameters.json';
const ENTRA_VARIABLES = ['crmjira_ConnectorClientId', 'crmjira_ConnectorResource', 'crmjira_ConnectorTenantId'];

const textOf = (content: Uint8Array | undefined): string => new TextDecoder().decode(content);
const variants = CONNECTOR_VARIANTS.map((variant) => ({ variant, packages: buildPackages(REPOSITORY, variant) }));

describe.each(variants)('R-903 the connector that signs in by $variant', ({ variant, packages }) => {
  const connector = packages[1]!;
  const part = (name: string): string => textOf(connector.parts.get(name));

  test('is packed under the same names as the others, and nothing is wrong with its packages', () => {
    expect(packages.map(({ fileName }) => fileName)).toEqual(variants[0]!.packages.map(({ fileName }) => fileName));
    expect(packages.slice(0, 2).flatMap(checkPackage)).toEqual([]);
  });

  withSchemas("has nothing that Microsoft's schemas refuse", async (schemas) => {
    expect(await checkSchemas(schemas, packages.slice(0, 2))).toEqual([]);
  });

  test('asks a connection for what its kind signs in with, and for no secret of the service', () => {
    const parameters = JSON.parse(part(PARAMETERS)) as Record<string, { type: string }>;
    expect(Object.keys(parameters)).toEqual(
      { basic: ['username', 'password'], entra: ['token'], gateway: ['authType', 'username', 'password', 'gateway'] }[
        variant
      ],
    );
    expect(part(PARAMETERS)).not.toMatch(/clientSecret|00000000-0000-0000-0000-000000000000/);
    const { securityDefinitions, host } = JSON.parse(part(SWAGGER)) as {
      securityDefinitions: Record<string, { type: string }>;
      host: string;
    };
    expect(Object.values(securityDefinitions).map(({ type }) => type)).toEqual(
      { basic: ['basic', 'apiKey'], entra: ['oauth2'], gateway: ['basic'] }[variant],
    );
    expect(host).toBe('@environmentVariables("crmjira_ProxyHost")');
  });

  test('keeps connector and operations of the others: the flows and their reference need not know which it is', () => {
    const idIn = (parts: typeof connector.parts): string =>
      /<connectorid>(.+?)<\/connectorid>/.exec(textOf(parts.get('customizations.xml')))?.[1] ?? '';
    expect(idIn(connector.parts)).toBe('8af22cdf-f8c9-516c-ae86-edf3f302a4b4');
    const paths = (text: string): unknown => (JSON.parse(text) as { paths: unknown }).paths;
    expect(paths(part(SWAGGER))).toEqual(paths(textOf(variants[0]!.packages[1]!.parts.get(SWAGGER))));
  });

  test('brings the variables that it reads, and the settings of its import know them', () => {
    const wanted = variant === 'entra' ? [...ENTRA_VARIABLES, 'crmjira_ProxyHost'] : ['crmjira_ProxyHost'];
    const listed = [...part('solution.xml').matchAll(/type="380" schemaName="(\w+)"/g)].map(([, name]) => name);
    expect(listed.sort()).toEqual(wanted);
    const packed = [...connector.parts.keys()].flatMap(
      (name) => /^environmentvariabledefinitions\/(\w+)\//.exec(name)?.[1] ?? [],
    );
    expect(packed.sort()).toEqual(wanted);
    const [needed] = readNeededSettings(REPOSITORY, variant);
    expect(needed?.variables.map(({ schemaName }) => schemaName).sort()).toEqual(wanted);
    const read = [...`${part(SWAGGER)}${part(PARAMETERS)}`.matchAll(/@environmentVariables\(\\"(\w+)\\"\)/g)];
    expect([...new Set(read.map(([, name]) => name))].sort()).toEqual(wanted);
  });

  // With the basic one in front it is judged in oracle.test.ts.
  if (variant === 'basic') return;
  const judged = ORACLE === undefined ? test.skip : test;
  judged(
    ORACLE === undefined
      ? 'skipped: the solution oracle is not beside the project'
      : 'an independent checker finds no error with it in front of the main solution',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'crmjira-variant-'));
      try {
        const zips = packages.map(({ fileName, content }) => {
          writeFileSync(join(folder, fileName), content);
          return join(folder, fileName);
        });
        expect(judge(askOracle(ORACLE ?? '', zips), acceptedWarnings(REPOSITORY))).toEqual([]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    240_000,
  );
});

test('only the connector of another kind has a folder of its own under dist/', () => {
  expect(packagePath('crmjiraconnector_0_1_0_0.zip', 'basic')).toBe('dist/crmjiraconnector_0_1_0_0.zip');
  expect(packagePath('crmjiraconnector_0_1_0_0.zip', 'gateway')).toBe('dist/gateway/crmjiraconnector_0_1_0_0.zip');
  expect(packagePath('crmjira_0_1_0_0.zip', 'gateway')).toBe('dist/crmjira_0_1_0_0.zip');
});
