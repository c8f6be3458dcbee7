import type { NavigateTo } from '../open-row';

/** The page on which people keep their own connections to Jira (R-1802). */
const myConnectionPage: Parameters<NavigateTo>[0] = {
  pageType: 'webresource',
  webresourceName: 'crmjira_/pages/my-connection.html',
  data: '',
};

/** Opens the page on which people keep their own connections, where the host gives components a way there. */
export function openMyConnection(context: Pick<ComponentFramework.Context<unknown>, 'navigation'> | null): void {
  // In no reference of a component's navigation, though model-driven apps provide it: every step is checked.
  const navigation = context?.navigation as { readonly navigateTo?: NavigateTo } | undefined;
  void navigation?.navigateTo?.(myConnectionPage);
}
