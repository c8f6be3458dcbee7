import { textField } from './row/row-fields';
import type { WebApi } from './store/desk';

/** Tables whose rows belong to a mapping. */
export type OfMapping = 'crmjira_integration_log' | 'crmjira_final_report';

/**
 * Opens the newest row of a mapping in this table; a final report on its page, where the host gives components a way there.
 * @returns false when there is none
 */
export async function openNewest(
  webApi: WebApi,
  navigation: Pick<ComponentFramework.Navigation, 'openForm'> & { readonly navigateTo?: NavigateTo },
  entityName: OfMapping,
  mappingId: string,
): Promise<boolean> {
  const { entities } = await webApi.retrieveMultipleRecords(
    entityName,
    `?$select=${entityName}id&$filter=_crmjira_budget_mapping_id_value eq ${mappingId}&$orderby=createdon desc&$top=1`,
  );
  const row: unknown = entities[0];
  // An entity of the answer is an object of columns; the one that is used is checked.
  const entityId = row ? textField(row as Readonly<Record<string, unknown>>, `${entityName}id`) : null;
  if (entityId !== null) {
    if (entityName === 'crmjira_final_report' && navigation.navigateTo)
      await navigation.navigateTo(reportPage(entityId));
    else await navigation.openForm({ entityName, entityId });
  }
  return entityId !== null;
}

/** What `navigateTo` takes of what is used here (client API reference, navigateTo). */
export type NavigateTo = (
  page: { readonly pageType: 'webresource'; readonly webresourceName: string; readonly data: string },
  options?: {
    readonly target: 1 | 2;
    readonly position: 1 | 2;
    readonly width: { readonly value: number; readonly unit: 'px' };
    readonly height: { readonly value: number; readonly unit: 'px' };
  },
) => PromiseLike<unknown>;

/**
 * The dialog in which a person chooses the Jira project of an opportunity; the page in it asks for the link and says what came of it.
 * @returns the arguments of `navigateTo`, which settles once the dialog is closed
 */
export function linkDialog(opportunityId: string): Parameters<NavigateTo> {
  return [
    { pageType: 'webresource', webresourceName: 'crmjira_/pages/link-project.html', data: `id=${opportunityId}` },
    { target: 2, position: 1, width: { value: 600, unit: 'px' }, height: { value: 560, unit: 'px' } },
  ];
}

/** The page of a final report: figures, burn-up, months, to print and to export (F-118). @returns the page for `navigateTo` */
export function reportPage(reportId: string): Parameters<NavigateTo>[0] {
  return { pageType: 'webresource', webresourceName: 'crmjira_/pages/final-report.html', data: `id=${reportId}` };
}
