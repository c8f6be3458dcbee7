import type { NavigateTo } from '../open-row';

/** The page on which people keep their own connections to Jira (R-1802). @returns the page for `navigateTo` */
export const myConnectionPage: Parameters<NavigateTo>[0] = {
  pageType: 'webresource',
  webresourceName: 'crmjira_/pages/my-connection.html',
  data: '',
};
