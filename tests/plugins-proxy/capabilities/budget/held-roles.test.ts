import { isAdministrator } from '../../../../plugins-proxy/src/connections/environment/read-people';
import type { DataverseReader } from '../../../../plugins-proxy/src/clients/dataverse/reader';
import { roleTemplates } from '../../../../plugins-proxy/src/clients/dataverse/role-templates';

const user = '6d81597f-0f9f-4711-8122-000000000001';
const team = '6d81597f-0f9f-4711-8122-000000000002';

type Role = { readonly name: string; readonly _roletemplateid_value: string | null };

/** A tenant with one person. @param through roles of the team that the person is in */
function tenant(direct: readonly Role[], through: readonly Role[] = []): DataverseReader {
  const rows: Readonly<Record<string, readonly unknown[]>> = {
    [`systemusers(${user})/systemuserroles_association`]: direct,
    [`systemusers(${user})/teammembership_association`]: [{ teamid: team, name: 'Administrators' }],
    [`teams(${team})/teamroles_association`]: through,
  };
  const many: DataverseReader['many'] = async (collection, _request, schema) =>
    (rows[collection] ?? []).map((row) => schema.parse(row));
  return { many } as DataverseReader;
}

const byAdministrator = (client: DataverseReader): Promise<boolean> => isAdministrator(client, user);

const role = (name: string, template: string | null = null): Role => ({ name, _roletemplateid_value: template });

test('R-309 R-2305 who administers is told by the id of the role’s template, whatever the language of its name', async () => {
  const mighty = role('Administrateur système', roleTemplates.systemAdministrator.toUpperCase());
  expect(await byAdministrator(tenant([mighty]))).toBe(true);
  expect(await byAdministrator(tenant([], [mighty]))).toBe(true);
  expect(await byAdministrator(tenant([role('CRM-JIRA Integration Administrator')]))).toBe(true);
  // Anybody who may make roles can give one that name.
  expect(await byAdministrator(tenant([role('System Administrator')]))).toBe(false);
  expect(await byAdministrator(tenant([role('Customizer', roleTemplates.systemCustomizer)]))).toBe(false);
});
