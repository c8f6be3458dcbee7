import { type SeedRow, userRole } from '../../../sandbox/src/dataverse';
import { administratorRoleId } from '../../../sandbox/src/dataverse/metadata/platform-roles';
import { business, type Fixture, ids, people, startDataverse } from '../dataverse/dataverse-fixture';

const seed: readonly SeedRow[] = [...people, userRole(ids.administrator, administratorRoleId), ...business];

/** An environment with people, an account and an opportunity, and the packages given, none by default. */
export const startEnvironment = (
  packages: readonly Uint8Array[] = [],
  options: Partial<Parameters<typeof startDataverse>[0]> = {},
): Promise<Fixture> => startDataverse({ packages, seed, ...options });

export const base64 = (content: Uint8Array): string => Buffer.from(content).toString('base64');

export const importBody = (content: Uint8Array, more: object = {}): object => ({
  CustomizationFile: base64(content),
  ImportJobId: 'c0ffee00-0000-4000-8000-000000000001',
  OverwriteUnmanagedCustomizations: true,
  PublishWorkflows: true,
  ...more,
});

/** `unique name version`, managed ones with a star. */
export async function solutionsOf({ call }: Fixture): Promise<string[]> {
  const { json } = await call('GET', 'solutions?$select=uniquename,version,ismanaged&$orderby=uniquename');
  const rows = json.value as { uniquename: string; version: string; ismanaged: boolean }[];
  return rows.map(({ uniquename, version, ismanaged }) => `${uniquename} ${version}${ismanaged ? ' *' : ''}`);
}
