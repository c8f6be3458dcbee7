import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { startDataverse, type Answer, type Fixture } from './dataverse-fixture';

let f: Fixture;
beforeAll(async () => {
  f = await startDataverse();
});
afterAll(() => f.dataverse.close());

describe('$metadata', () => {
  it('is well-formed CSDL in which every name that is used is defined', async () => {
    const { text, headers } = await f.call('GET', '$metadata');
    expect(headers['content-type']).toContain('application/xml');
    expect(XMLValidator.validate(text)).toBe(true);
    interface Type {
      readonly '@Name': string;
      readonly NavigationProperty?: readonly { readonly '@Name': string; readonly '@Type': string }[];
      readonly Property?: readonly { readonly '@Name': string; readonly '@Type': string }[];
    }
    const parsed = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '@',
      isArray: (name) => ['NavigationProperty', 'Property'].includes(name),
    }).parse(text) as {
      'edmx:Edmx': {
        'edmx:DataServices': {
          Schema: { EntityType: Type[]; EntityContainer: { EntitySet: { '@Name': string; '@EntityType': string }[] } };
        };
      };
    };
    const { EntityType: types, EntityContainer: container } = parsed['edmx:Edmx']['edmx:DataServices'].Schema;
    const names = new Set(types.map((type) => `mscrm.${type['@Name']}`));
    const dangling = types.flatMap((type) =>
      (type.NavigationProperty ?? [])
        .map((each) => each['@Type'].replace(/^Collection\((.*)\)$/, '$1'))
        .filter((name) => !names.has(name)),
    );
    expect(dangling).toEqual([]);
    const doubled = types.filter((type) => {
      const all = [...(type.Property ?? []), ...(type.NavigationProperty ?? [])].map((each) => each['@Name']);
      return new Set(all).size !== all.length;
    });
    expect(doubled.map((type) => type['@Name'])).toEqual([]);
    expect(container.EntitySet).toContainEqual(
      expect.objectContaining({ '@Name': 'opportunities', '@EntityType': 'Microsoft.Dynamics.CRM.opportunity' }),
    );
    const opportunity = types.find((type) => type['@Name'] === 'opportunity');
    expect(opportunity?.NavigationProperty?.map((each) => each['@Name'])).toEqual(
      expect.arrayContaining([
        'customerid_account',
        'customerid_contact',
        'ownerid',
        'Opportunity_Tasks',
        'Opportunity_Emails',
      ]),
    );
    expect(opportunity?.Property).toContainEqual(
      expect.objectContaining({ '@Name': '_customerid_value', '@Type': 'Edm.Guid' }),
    );
    expect(opportunity?.Property).toContainEqual(
      expect.objectContaining({ '@Name': 'budgetamount', '@Type': 'Edm.Decimal' }),
    );
    expect(opportunity?.Property).toContainEqual(
      expect.objectContaining({ '@Name': 'actualclosedate', '@Type': 'Edm.Date' }),
    );
  });
});

describe('EntityDefinitions', () => {
  it('answers one table by name with selected properties', async () => {
    const { json } = await f.call(
      'GET',
      "EntityDefinitions(LogicalName='opportunity')?$select=LogicalName,EntitySetName,PrimaryIdAttribute,DisplayName,ObjectTypeCode",
    );
    expect(json).toMatchObject({
      LogicalName: 'opportunity',
      EntitySetName: 'opportunities',
      PrimaryIdAttribute: 'opportunityid',
      ObjectTypeCode: 3,
    });
    expect(json.DisplayName.UserLocalizedLabel.Label).toBe('Opportunity');
    expect(json).not.toHaveProperty('SchemaName');
    expect(json).not.toHaveProperty('Attributes');
  });

  it('answers by MetadataId what it answers by name, and filters', async () => {
    const list = await f.call(
      'GET',
      "EntityDefinitions?$select=LogicalName&$filter=IsCustomEntity eq true and startswith(LogicalName,'crmjira_budget_m')",
    );
    expect(list.json.value).toHaveLength(1);
    const one = await f.call(
      'GET',
      `EntityDefinitions(${list.json.value[0].MetadataId})?$select=EntitySetName&$expand=Keys($select=KeyAttributes),Attributes($select=LogicalName;$filter=LogicalName eq 'crmjira_spent_amount')`,
    );
    expect(one.json.EntitySetName).toBe('crmjira_budget_mappings');
    expect(one.json.Keys.map((key: { KeyAttributes: string[] }) => key.KeyAttributes)).toContainEqual([
      'crmjira_opportunity_id',
    ]);
    expect(one.json.Attributes).toMatchObject([{ LogicalName: 'crmjira_spent_amount' }]);
  });

  it('answers attributes: all, one, of one kind with its options', async () => {
    const entity = "EntityDefinitions(LogicalName='opportunity')";
    const all = await f.call('GET', `${entity}/Attributes?$select=LogicalName,AttributeType,RequiredLevel`);
    expect(all.json.value).toContainEqual(
      expect.objectContaining({ LogicalName: 'customerid', AttributeType: 'Customer' }),
    );
    const one = await f.call('GET', `${entity}/Attributes(LogicalName='name')`);
    expect(one.json).toMatchObject({
      '@odata.type': '#Microsoft.Dynamics.CRM.StringAttributeMetadata',
      MaxLength: 300,
    });
    const typed = await f.call(
      'GET',
      `${entity}/Attributes(LogicalName='statuscode')/Microsoft.Dynamics.CRM.StatusAttributeMetadata?$select=LogicalName&$expand=OptionSet`,
    );
    expect(
      typed.json.OptionSet.Options.map((option: { Value: number; State: number }) => [option.Value, option.State]),
    ).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
      [4, 2],
      [5, 2],
    ]);
    const picklists = await f.call(
      'GET',
      `${entity}/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet($select=Name)`,
    );
    expect(picklists.json.value).toContainEqual(
      expect.objectContaining({
        LogicalName: 'crmjira_budget_status',
        GlobalOptionSet: expect.objectContaining({ Name: 'crmjira_budgetstatus' }),
      }),
    );
    const lookups = await f.call(
      'GET',
      `${entity}/Attributes/Microsoft.Dynamics.CRM.LookupAttributeMetadata?$select=LogicalName,Targets&$filter=LogicalName eq 'customerid'`,
    );
    expect(lookups.json.value[0].Targets).toEqual(['account', 'contact']);
    const byType = await f.call(
      'GET',
      `${entity}/Attributes?$select=LogicalName&$filter=AttributeType eq Microsoft.Dynamics.CRM.AttributeTypeCode'State'`,
    );
    expect(byType.json.value).toHaveLength(1);
  });

  it('answers relationships and global choices', async () => {
    const many = await f.call(
      'GET',
      "EntityDefinitions(LogicalName='crmjira_budget_mapping')/ManyToOneRelationships?$select=SchemaName,ReferencingEntityNavigationPropertyName,ReferencedEntity&$filter=ReferencingAttribute eq 'crmjira_opportunity_id'",
    );
    expect(many.json.value).toMatchObject([
      { ReferencedEntity: 'opportunity', ReferencingEntityNavigationPropertyName: 'crmjira_opportunity_id' },
    ]);
    const one = await f.call(
      'GET',
      "RelationshipDefinitions(SchemaName='opportunity_customer_accounts')/Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata?$select=ReferencedEntity,ReferencingEntity",
    );
    expect(one.json).toMatchObject({ ReferencedEntity: 'account', ReferencingEntity: 'opportunity' });
    const choice = await f.call('GET', "GlobalOptionSetDefinitions(Name='crmjira_budgetstatus')");
    expect(choice.json.Options.map((option: { Value: number }) => option.Value)).toEqual([1, 2, 3, 4, 5]);
  });

  it('does not know what is not there, and is not for writing', async () => {
    expect((await f.call('GET', "EntityDefinitions(LogicalName='nothing')")).status).toBe(404);
    expect(
      (await f.call('GET', "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='nothing')")).status,
    ).toBe(404);
    expect((await f.call('GET', 'EntityDefinitions?$select=Nothing')).status).toBe(400);
    expect((await f.call('POST', 'EntityDefinitions', {})).status).toBe(405);
  });
});

describe('definitions and types as the platform has them', () => {
  it('derive activities from activitypointer, users and teams from principal (F-406)', async () => {
    const { text } = await f.call('GET', '$metadata');
    const type = (name: string): string =>
      new RegExp(`<EntityType Name="${name}" [^]*?</EntityType>`).exec(text)?.[0] ?? '';
    expect(type('task')).toContain('BaseType="mscrm.activitypointer"');
    expect(type('task')).toContain('<Property Name="percentcomplete"');
    expect(type('task')).not.toMatch(/<Key>|<Property Name="(subject|activityid)"/);
    expect(type('activitypointer')).toMatch(/BaseType="mscrm.crmbaseentity">\s*<Key>[^]*<Property Name="subject"/);
    expect(type('systemuser')).toContain('BaseType="mscrm.principal"');
    expect(type('team')).toContain('BaseType="mscrm.principal"');
  });

  it('let the properties of tables and columns be selected (F-406)', async () => {
    const select = (path: string, names: string): Promise<Answer> =>
      f.call('GET', `EntityDefinitions(LogicalName='${path}?$select=${names}`);
    const names = 'IsOptimisticConcurrencyEnabled,HasNotes,HasActivities,IsCustomizable';
    expect((await select("opportunity')", names)).json).toMatchObject({
      IsOptimisticConcurrencyEnabled: true,
      HasNotes: true,
      HasActivities: true,
      IsCustomizable: { Value: true, CanBeChanged: false, ManagedPropertyLogicalName: 'iscustomizable' },
    });
    // The whole list of Microsoft's EntityMetadata and of the attributes: what is missing here answers 400 there.
    const table =
      'ActivityTypeMask,AutoCreateAccessTeams,AutoReplicateClusterRecords,AutoRouteToOwnerQueue,CanChangeClusterMode,CanTriggerWorkflow,ClusterMode,CreatedOn,DataProviderId,DataSourceId,DaysSinceRecordLastModified,DefaultToLocalPartition,EnforceStateTransitions,EntityColor,EntityHelpUrl,ExternalName,HasFeedback,IconVectorName,IntroducedVersion,IsAIRUpdated,IsActivityParty,IsArchivalEnabled,IsBusinessProcessEnabled,IsMappable,IsOfflineInMobileClient,IsPrivate,IsSLAEnabled,IsSolutionAware,IsStateModelAware,IsValidForQueue,MobileOfflineFilters,ModifiedOn,OwnerId,PrimaryImageAttribute,PrimaryKey,RecurrenceBaseEntityLogicalName,ReportViewName,SettingOf,Settings,SyncToExternalSearchIndex,TableType,UsesBusinessDataLabelTable';
    expect(Object.keys((await select("opportunity')", table)).json)).toEqual(expect.arrayContaining(table.split(',')));
    const attributes =
      'AutoNumberFormat,CreatedOn,ModifiedOn,Settings,SourceType,SourceTypeMask,FormulaDefinition,ImeMode,DatabaseLength,IsLocalizable,YomiOf,CalculationOf,IsBaseCurrency,DefaultValue,DefaultFormValue,ParentEnumAttributeLogicalName,ChildPicklistLogicalNames,CanChangeDateTimeBehavior,IsEntityReferenceStored';
    const columns = new Map(
      (await select("opportunity')/Attributes", `LogicalName,${attributes}`)).json.value.map(
        (each: { LogicalName: string }) => [each.LogicalName, each],
      ),
    );
    expect(columns.get('name')).toMatchObject({ SourceType: 0, DatabaseLength: 600, AutoNumberFormat: '' });
    expect(columns.get('budgetamount')).toMatchObject({ CalculationOf: null, IsBaseCurrency: false });
    expect(columns.get('budgetamount_base')).toMatchObject({ CalculationOf: 'budgetamount', IsBaseCurrency: true });
    expect(columns.get('statecode')).toMatchObject({ SourceType: null, DefaultFormValue: 0 });
    expect((await select("role')", names)).json).toMatchObject({ HasNotes: false, HasActivities: false });
    expect(
      (await select("account')/Attributes(LogicalName='name')", 'IsCustomizable,IsValidForForm')).json,
    ).toMatchObject({ IsCustomizable: { Value: true }, IsValidForForm: true });
  });
});
