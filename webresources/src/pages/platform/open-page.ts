type PageName =
  | 'connection-guide'
  | 'product-health'
  | 'jira-projects'
  | 'my-connection'
  | 'sync-history'
  | 'integrations-dashboard'
  | 'integrations-list'
  | 'integrations-logs'
  | 'integrations-providers'
  | 'integration-directory'
  | 'integration-jira'
  | 'integration-rest'
  | 'integration-soap'
  | 'integration-notification'
  | 'integration-detail';

/** Pages of the solution, as `navigateTo` takes them (Microsoft, client API reference, navigateTo). */
export const openPage = (name: PageName, data?: string): void =>
  void Xrm.Navigation.navigateTo({
    pageType: 'webresource',
    webresourceName: `crmjira_/pages/${name}.html`,
    ...(data === undefined ? {} : { data }),
  }).then(undefined, console.error);

/** The list of a table's records, in the view that its users see first. */
export const openList = (entityName: string): void =>
  void Xrm.Navigation.navigateTo({ pageType: 'entitylist', entityName }).then(undefined, console.error);

export const openRecord = (entityName: string, entityId: string): void =>
  void Xrm.Navigation.openForm({ entityName, entityId }).then(undefined, console.error);
