import { startDataverse } from './dataverse-fixture';

test("R-1208 a role of Microsoft's leads to its template, a row of a table of its own, as in Dataverse", async () => {
  const f = await startDataverse();
  try {
    const administrator = '627090ff-40a3-4053-8790-584edc5be201';
    const { json } = await f.call(
      'GET',
      "roles?$select=name,_roletemplateid_value&$filter=name eq 'System Administrator'&$expand=roletemplateid($select=name)",
      undefined,
      { prefer: 'odata.include-annotations="*"' },
    );
    expect(json.value).toMatchObject([
      {
        _roletemplateid_value: administrator,
        '_roletemplateid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'roletemplate',
        roletemplateid: { roletemplateid: administrator, name: 'System Administrator' },
      },
    ]);
    expect((await f.call('GET', `roletemplates(${administrator})`)).json).toMatchObject({
      name: 'System Administrator',
    });
    const lookup = await f.call(
      'GET',
      "EntityDefinitions(LogicalName='role')/Attributes(LogicalName='roletemplateid')/Microsoft.Dynamics.CRM.LookupAttributeMetadata?$select=Targets",
    );
    expect(lookup.json.Targets).toEqual(['roletemplate']);
  } finally {
    await f.dataverse.close();
  }
});
